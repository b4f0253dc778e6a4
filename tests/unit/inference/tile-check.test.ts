import { expect, test } from 'vitest';
import { checkTile } from '../../../src/inference/tile-check';

const flat = (value: number, length = 12) => new Float32Array(length).fill(value);

test.each([
  [flat(0.5), flat(0.5, 48)],
  [flat(0), flat(0)],
  [flat(1), flat(1.05)],
])('accepts %#', (input, output) => {
  expect(() => checkTile(input, output)).not.toThrow();
});

test.each([
  [flat(0.5), flat(0), 'mean 0.000'],
  [flat(0), flat(1), 'mean 1.000'],
  [flat(0.5), flat(0.5).fill(NaN, 3, 4), 'no numbers'],
  [flat(0.5), flat(0.5).fill(Infinity, 3, 4), 'no numbers'],
])('refuses %#', (input, output, message) => {
  expect(() => checkTile(input, output)).toThrow(message);
});
