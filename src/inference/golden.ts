// The golden sample of a model: an input and what PyTorch made of it. It proves that this backend, on this
// machine and driver, computes what was trained.
import type { ModelFiles, RgbaImage } from './types';

/** Levels of 255 by which a right backend may differ: one, since each side rounds its own float. */
export const GOLDEN_TOLERANCE = 1;

export function goldenInput({ card, golden }: ModelFiles): RgbaImage {
  const [height, width] = card.golden.input;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) {
    data.set(golden.subarray(i * 3, i * 3 + 3), i * 4);
  }
  return { width, height, data };
}

/** The largest difference of a colour, in levels. */
export function goldenDifference({ card, golden }: ModelFiles, result: RgbaImage): number {
  const [height, width] = card.golden.output;
  const expected = golden.subarray(card.golden.input.reduce((product, side) => product * side, 1));
  if (
    result.width !== width ||
    result.height !== height ||
    expected.length !== width * height * 3
  ) {
    return Infinity;
  }
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const actual = result.data[Math.floor(i / 3) * 4 + (i % 3)] ?? 0;
    worst = Math.max(worst, Math.abs(actual - (expected[i] ?? 0)));
  }
  return worst;
}
