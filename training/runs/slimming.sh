#!/usr/bin/env bash
# GAN Slimming of the shipped tiny x2: one objective, then the pruned channels go, then fine-tuning:
#   bash training/runs/slimming.sh [--smoke]
source "$(dirname "$0")/lib.sh"
web=(--scale 2 --degradation web --drawn 0.1 --rim 6)
small=$(small --rim 2 --perceptual 0)
for rho in $(real 0.003 0.01 0.03) $(small 3); do
  name=slim-$rho
  train "$name" "${web[@]}" --init assets/models/tiny-x2 --rho "$rho" --bits 8 --lr 1e-5 --batch 8 \
    --perceptual 1 --gan 0.02 --steps 4000 $small
  widths=$(lab narrow --checkpoint "$OUT/$name" --name "$name-narrow")
  echo "$name keeps $widths"
  train "$name-tuned" "${web[@]}" --init "$OUT/$name-narrow" --widths "$widths" --lr 5e-4 --mse-from 1 \
    --steps 8000 $(small --rim 2)
  measure "$name-tuned" 2
done
