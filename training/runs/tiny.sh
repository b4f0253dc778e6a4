#!/usr/bin/env bash
# Reproduces the four tiny models: a clean and a web pair, x2 and x4. From the repository root:
#   bash training/runs/tiny.sh
# Two processes of one thread each, side by side.
# An hour and a half if both cores are free (derived from 22 and 12 it/s), twice that if they are shared.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PYTHONPATH="$PWD/training" OMP_NUM_THREADS=1
PYTHON=${PYTHON:-python3}
DATA=${DATA:-../shared/data}
OUT=training/runs/out

lab() { local tool=$1; shift; "$PYTHON" -m "upres_lab.$tool" "$@"; }

# train NAME SCALE STEPS OPTIONS...
train() {
  lab train --name "$1" --scale "$2" --steps "$3" --out "$OUT" --data "$DATA/train" \
    --teachers "$DATA/teachers" --bench "$DATA/bench/Set5" --compile "${@:4}"
}
web=(--degradation web --lr 1e-3 --kinds photo=0.55,art=0.25,ui=0.2 --drawn 0.1 --seed 1)

x2() {
  train tiny-x2-clean 2 48111
  train tiny-x2-polish 2 8246 --init "$OUT/tiny-x2-clean" --kinds photo=1 --rim 4 \
    --lr 8e-4 --mse-from 1 --bf16-until 0.5 --seed 2
  train tiny-x2-edges 2 35509 --init "$OUT/tiny-x2-polish" --rim 6 --edges 0.3 \
    --lr 1.2e-3 --mse-from 0.75 --bf16-until 0.6 --seed 3
  train tiny-x2-final 2 7486 --init "$OUT/tiny-x2-edges" --rim 6 --edges 0.3 \
    --lr 6e-4 --mse-from 1 --bf16-until 0.3 --seed 4
  train tiny-x2-luma 2 22961 --init "$OUT/tiny-x2-final" --batch 32 --rim 6 --edges 0.3 \
    --luma 2 --lr 1.5e-3 --ema 0.9995 --mse-from 1 --bf16-until 0.7 --seed 5
  train tiny-x2-web 2 12206 --init "$OUT/tiny-x2-polish" --rim 6 --edges 0.3 "${web[@]}"
}

x4() {
  train tiny-x4-clean 4 20643 --teacher disp-x4-fidelity
  train tiny-x4-web 4 17417 --init "$OUT/tiny-x4-clean" --rim 4 \
    --teacher disp-x4-fidelity "${web[@]}"
}

# Decode the images once, before both processes ask for them.
"$PYTHON" - "$DATA/train" <<'PYTHON'
import sys
from pathlib import Path

from upres_lab.cache import DEFAULT_CACHE, open_store

store = open_store(Path(sys.argv[1]), DEFAULT_CACHE)
store.lr(2), store.lr(4)
PYTHON

x2 &
first=$!
x4 &
wait "$first"
wait $!

# ship RUN FOLDER SCALE NAME: export, and measure what was exported
ship() {
  lab export --checkpoint "$OUT/$1" --out "$2" --data "$DATA/train" --bench "$DATA/bench"
  for degradation in clean web; do
    lab evaluate --model "$2" --bench "$DATA/bench" --scale "$3" --degradation "$degradation" \
      --json "training/results/$4-on-$degradation.json"
  done
}

ship tiny-x2-luma training/reference/tiny-x2 2 tiny-x2-clean
ship tiny-x4-clean training/reference/tiny-x4 4 tiny-x4-clean
ship tiny-x2-web assets/models/tiny-x2 2 tiny-x2-web
ship tiny-x4-web assets/models/tiny-x4 4 tiny-x4-web
