#!/usr/bin/env bash
# SRResNet x4 (16 blocks), trained by squared error: bash training/runs/srresnet.sh [--smoke]
source "$(dirname "$0")/lib.sh"
train srresnet --arch srresnet --scale 4 --channels 64 --depth 16 --patch 24 --lr 1e-4 \
  --mse-from 0 --bf16-until 0.9 --steps 100000 $(small --channels 8 --depth 2)
measure srresnet 4
