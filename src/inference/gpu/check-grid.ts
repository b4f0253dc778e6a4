// A tile's sums, as its check wants them, come from the GPU as a grid of partial ones.
import type { TileSums } from '../backend';

/** Cells along each side: enough threads to be quick, few enough to read. */
export const CHECK_GRID = 16;

/** `stride` floats a cell: the sum of the input, the sum of the result, and maybe padding. */
export function sumUp(cells: Float32Array, stride: number): TileSums {
  const sums = { input: 0, output: 0 };
  for (let i = 0; i < cells.length; i += stride) {
    sums.input += cells[i] ?? 0;
    sums.output += cells[i + 1] ?? 0;
  }
  return sums;
}
