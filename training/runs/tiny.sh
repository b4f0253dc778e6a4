#!/usr/bin/env bash
# Reproduces the four tiny models: a clean and a web pair, x2 and x4. From the repository root:
#   bash training/runs/tiny.sh
# Two processes of one thread each, side by side.
# TIME
set -euo pipefail
cd "$(dirname "$0")/../.."
export PYTHONPATH="$PWD/training" OMP_NUM_THREADS=1
PYTHON=${PYTHON:-python3}
DATA=${DATA:-../shared/data}
OUT=training/runs/out

lab() { local tool=$1; shift; "$PYTHON" -m "upres_lab.$tool" "$@"; }

# train SCALE CLEAN_STEPS WEB_STEPS OPTIONS...: the web model starts from the clean one
pair() {
  local scale=$1 clean=$2 web=$3
  shift 3
  local common=(--scale "$scale" --out "$OUT" --data "$DATA/train" --teachers "$DATA/teachers"
    --bench "$DATA/bench/Set5" --compile "$@")
  lab train --name "tiny-x$scale-clean" --steps "$clean" "${common[@]}"
  lab train --name "tiny-x$scale-web" --steps "$web" --degradation web --seed 1 \
    --init "$OUT/tiny-x$scale-clean" --lr 1e-3 --kinds photo=0.55,art=0.25,ui=0.2 --drawn 0.1 \
    "${common[@]}"
}

# Decode the images once, before both processes ask for them.
"$PYTHON" - "$DATA/train" <<'PYTHON'
import sys
from pathlib import Path

from upres_lab.cache import DEFAULT_CACHE, open_store

store = open_store(Path(sys.argv[1]), DEFAULT_CACHE)
store.lr(2), store.lr(4)
PYTHON

pair 2 60000 30000 &
x2=$!
pair 4 30000 30000 --teacher disp-x4-fidelity &
x4=$!
wait "$x2"
wait "$x4"

for scale in 2 4; do
  for kind in clean web; do
    folder=training/reference/tiny-x$scale
    [ "$kind" = web ] && folder=assets/models/tiny-x$scale
    lab export --checkpoint "$OUT/tiny-x$scale-$kind" --out "$folder" \
      --data "$DATA/train" --bench "$DATA/bench"
    for degradation in clean web; do
      lab evaluate --model "$folder" --bench "$DATA/bench" --scale "$scale" \
        --degradation "$degradation" \
        --json "training/results/tiny-x$scale-$kind-on-$degradation.json"
    done
  done
done
