# What the recipes share; sourced by them. Sets OUT, DATA and SMOKE, and goes to the repository's root.
#   --smoke: the whole recipe in small, on drawn images, two minutes at most; its result means nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export PYTHONPATH="$PWD/training" OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
PYTHON=${PYTHON:-python3}
DATA=${DATA:-../shared/data}
OUT=training/runs/out
SMOKE=
if [ "${1:-}" = --smoke ]; then
  SMOKE=1
  OUT=$(mktemp -d)
  trap 'rm -rf "$OUT"' EXIT
fi

lab() { local tool=$1; shift; "$PYTHON" -m "upres_lab.$tool" "$@"; }

# real OPTIONS...: options of the real form alone; small OPTIONS...: of the smoke form alone
real() { [ -n "$SMOKE" ] || echo "$@"; }
small() { [ -z "$SMOKE" ] || echo "$@"; }

# train NAME OPTIONS...: later options win, so the smoke form's sizes do
train() {
  if [ -n "$SMOKE" ]; then
    lab train --name "$1" --out "$OUT" "${@:2}" --batch 2 --patch 16 --steps 4 --ema 0.9
  else
    lab train --name "$1" --out "$OUT" --data "$DATA/train" --teachers "$DATA/teachers" \
      --bench "$DATA/bench/Set5" "${@:2}"
  fi
}

# measure NAME SCALE: both degradations, into training/results
measure() {
  local degradation
  if [ -n "$SMOKE" ]; then
    lab draw --out "$OUT/bench/Set5" --count 1 --seed 2
    lab evaluate --model "checkpoint:$OUT/$1" --bench "$OUT/bench" --scale "$2"
    return
  fi
  for degradation in clean web; do
    lab evaluate --model "checkpoint:$OUT/$1" --bench "$DATA/bench" --scale "$2" \
      --degradation "$degradation" --json "training/results/$1-on-$degradation.json"
  done
}
