import { expect, test } from 'vitest';
import { faultOfTile } from '../../../src/inference/tile-check';

/** A tile of 4 x 4 whose core is 2 x 2, upscaled by 2. */
const shape = { width: 4, height: 4, halo: 1, scale: 2 };
const coreStart = 4 + 1;

const input = (value: number) => new Float32Array(4 * 4 * 3).fill(value);
const output = (value: number) => new Float32Array(4 * 4 * 12).fill(value);
/** With one value of the core replaced. */
const spoilt = (value: number) => output(0.5).fill(value, coreStart * 12, coreStart * 12 + 1);

test.each([
  ['the same', input(0.5), output(0.5)],
  ['black from black', input(0), output(0)],
  ['a little brighter', input(1), output(1.05)],
  ['dark in the halo alone', input(1), output(1).fill(0, 0, coreStart * 12)],
])('accepts %s', (_what, before, after) => {
  expect(faultOfTile(before, after, shape)).toBeNull();
});

test.each([
  ['black', input(0.5), output(0), 'mean 0.000'],
  ['white from black', input(0), output(1), 'mean 1.000'],
  ['NaN', input(0.5), spoilt(NaN), 'no numbers'],
  ['infinity', input(0.5), spoilt(Infinity), 'no numbers'],
])('refuses %s', (_what, before, after, message) => {
  expect(faultOfTile(before, after, shape)).toContain(message);
});
