// The golden sample of a model: an input and what PyTorch made of it. It proves that this backend, on this
// machine and driver, computes what was trained.
import type { Network } from './backend';
import { readColours, writeColours } from './pixels';
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

/** The difference of a network on its own, for a backend that has more than one way to compute. */
export async function networkDifference(
  files: ModelFiles,
  network: Network,
  signal: AbortSignal,
): Promise<number> {
  const image = goldenInput(files);
  const { receptiveField: halo, scale } = files.card;
  const shape = { width: image.width + 2 * halo, height: image.height + 2 * halo, halo, scale };
  const whole = { x: 0, y: 0, width: image.width, height: image.height };
  const input = new Float32Array(shape.width * shape.height * 3);
  readColours(image, whole, shape, input);
  const output = await network.run(input, shape.width, shape.height, signal);
  const data = new Uint8ClampedArray(image.data.length * scale * scale);
  const result = { width: image.width * scale, height: image.height * scale, data };
  writeColours(output, whole, shape, result);
  return goldenDifference(files, result);
}
