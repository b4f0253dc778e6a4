#!/usr/bin/env bash
# SRGAN x4 with 6 blocks that imitate the picture and the features of the 16-block one (runs/srgan.sh first):
#   bash training/runs/srgan-distilled.sh [--smoke]
source "$(dirname "$0")/lib.sh"
[ -z "$SMOKE" ] || train srgan --arch srresnet --scale 4 --channels 8 --depth 2
train srgan-distilled --arch srresnet --scale 4 --channels 64 --depth 6 --patch 24 --lr 1e-4 \
  --teacher-run "$OUT/srgan" --teacher-weight 1 --features 0.1 --mse-from 1 --bf16-until 0.9 \
  --steps 100000 $(small --channels 8 --depth 1)
measure srgan-distilled 4
