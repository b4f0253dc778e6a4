#!/usr/bin/env bash
# SRGAN x4: from SRResNet, features of VGG and 1e-3 of the discriminator: bash training/runs/srgan.sh [--smoke]
# The report's loss has no error in pixels; VGG is that of conv3_4 and below, where the report reads conv5_4.
source "$(dirname "$0")/lib.sh"
[ -z "$SMOKE" ] || train srresnet --arch srresnet --scale 4 --channels 8 --depth 2
train srgan --arch srresnet --scale 4 --channels 64 --depth 16 --patch 24 --lr 1e-4 \
  --init "$OUT/srresnet" --pixel 0 --perceptual 1 --gan 1e-3 --discriminator srgan \
  --steps 20000 $(small --channels 8 --depth 2 --perceptual 0 --pixel 1)
measure srgan 4
