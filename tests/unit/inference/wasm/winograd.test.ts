// The matrices of F(4x4, 3x3): the kernel's side against the sum that it stands for.
import { expect, test } from 'vitest';
import {
  inputConstants,
  INPUT_SIDE,
  OUTPUT_SIDE,
  outputConstants,
  transformKernel,
} from '../../../../src/inference/wasm/winograd';
import { randomNumbers } from '../../../fixtures/random-model';

const { a, b, aa, bb, sum, product } = inputConstants;
/** Bᵀ and Aᵀ as the comments of winograd.ts state them. */
const inputRows = [
  [product, 0, -sum, 0, 1, 0],
  ...[a, -a].map((point) => [0, -point * bb, -bb, point, 1, 0]),
  ...[b, -b].map((point) => [0, -point * aa, -aa, point, 1, 0]),
  [0, product, 0, -sum, 0, 1],
];
const { overA, overB } = outputConstants;
const outputRows = [
  [1, overA, overA, overB, overB, 0],
  [0, 1, -1, 1, -1, 0],
  [0, a, a, b, b, 0],
  [0, aa, -aa, bb, -bb, 1],
];

/** M X Mᵀ */
const around = (rows: number[][], square: number[][]) =>
  rows.map((rowY) =>
    rows.map((rowX) =>
      rowY.reduce(
        (total, y, i) =>
          total + y * rowX.reduce((inner, x, j) => inner + x * (square[i]?.[j] ?? 0), 0),
        0,
      ),
    ),
  );

test.each([1, 2, 3])('is the convolution, seed %i', (seed) => {
  const random = randomNumbers(seed);
  const square = (side: number) =>
    Array.from({ length: side }, () => Array.from({ length: side }, random));
  const [input, kernel] = [square(INPUT_SIDE), square(3)];
  const transformed = new Float32Array(36);
  transformKernel(Float32Array.from(kernel.flat()), transformed, 0, 1);
  const products = around(inputRows, input).map((row, y) =>
    row.map((value, x) => value * (transformed[y * INPUT_SIDE + x] ?? 0)),
  );
  const output = around(outputRows, products);
  for (let y = 0; y < OUTPUT_SIDE; y++) {
    for (let x = 0; x < OUTPUT_SIDE; x++) {
      const direct = kernel.reduce(
        (total, row, dy) =>
          total + row.reduce((inner, tap, dx) => inner + tap * (input[y + dy]?.[x + dx] ?? 0), 0),
        0,
      );
      expect(output[y]?.[x]).toBeCloseTo(direct, 5);
    }
  }
});
