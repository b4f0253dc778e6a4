#!/usr/bin/env bash
# SRGAN x4 with 6 blocks for 16, trained anew: bash training/runs/srgan-pruned.sh [--smoke]
source "$(dirname "$0")/lib.sh"
shape=(--arch srresnet --scale 4 --channels 64 --depth 6 --patch 24 --lr 1e-4)
tiny=$(small --channels 8 --depth 1)
train srresnet-pruned "${shape[@]}" --mse-from 0 --bf16-until 0.9 --steps 100000 $tiny
train srgan-pruned "${shape[@]}" --init "$OUT/srresnet-pruned" --pixel 0 --perceptual 1 --gan 1e-3 \
  --discriminator srgan --steps 20000 $tiny $(small --perceptual 0 --pixel 1)
measure srgan-pruned 4
