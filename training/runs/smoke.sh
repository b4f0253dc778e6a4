#!/usr/bin/env bash
# The whole lab in small, on drawn images: train, resume, export, evaluate. Two minutes at most.
#   bash training/runs/smoke.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
export PYTHONPATH="$PWD/training" OMP_NUM_THREADS=1
PYTHON=${PYTHON:-python3}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

lab() { local tool=$1; shift; "$PYTHON" -m "upres_lab.$tool" "$@"; }

# train NAME OPTIONS...
train() {
  lab train --name "$1" --out "$scratch/runs" --cache "$scratch/cache" --data "$scratch/train" \
    --batch 4 --patch 24 --ema 0.9 "${@:2}"
}

# check NAME SCALE DEGRADATION: exports a run, measures it, and compares with bicubic
check() {
  local model=$scratch/models/$1
  lab export --checkpoint "$scratch/runs/$1" --out "$model"
  lab evaluate --model "$model" --bench "$scratch/bench" --scale "$2" --degradation "$3" \
    --json "$scratch/$1.json" --crops "$scratch/crops"
  "$PYTHON" - "$scratch/$1.json" "$model" <<'PYTHON'
import json
import sys
from pathlib import Path

result = json.loads(Path(sys.argv[1]).read_text())
ours, plain = result["sets"]["Set5"]["psnr"], result["bicubic"]["Set5"]["psnr"]
# So short a training ends near its bilinear base; far below it something is broken.
assert ours > plain - 2, f"{ours} dB, bicubic {plain} dB"
files = {p.name for p in Path(sys.argv[2]).iterdir()}
assert files == {"model.json", "weights.bin", "golden.bin", "card.json"}, files
PYTHON
}

lab draw --out "$scratch/train" --count 6 --seed 1
lab draw --out "$scratch/bench/Set5" --count 2 --seed 2

train clean --steps 30
train clean --steps 60 --resume
train web --steps 30 --degradation web --init "$scratch/runs/clean"
train large --steps 30 --degradation web --scale 4
check clean 2 clean
check web 2 web
check large 4 web

if train clean --steps 90 2>"$scratch/refused"; then
  echo "a finished run was overwritten" >&2
  exit 1
fi
grep -q "already holds a run" "$scratch/refused"
echo "smoke: train, resume, export and evaluate work"
