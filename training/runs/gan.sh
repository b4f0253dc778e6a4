#!/usr/bin/env bash
# The GAN ends of the shipped tiny pair, each from its fidelity parent: bash training/runs/gan.sh [--smoke]
# Weights between the two ends are the strength setting. The run stops by itself at 0.7 dB below the parent.
source "$(dirname "$0")/lib.sh"
stage2=(--degradation web --drawn 0.1 --rim 6 --batch 8 --lr 1e-4 --mse-from 1 --ema 0.999
  --pixel 1 --perceptual 1 --spectrum 0.05 --colour 1 --artefact 1 --gan 0.02 --max-drop 0.7)
for scale in 2 4; do
  name=tiny-x$scale-gan
  train "$name" --scale "$scale" --init "assets/models/tiny-x$scale" "${stage2[@]}" \
    $(real --steps 8000) $(small --perceptual 0 --max-drop 0 --rim 2)
  measure "$name" "$scale"
done
