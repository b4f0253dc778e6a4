import { describe, expect, it } from 'vitest';
import { affordableScale } from '../../../src/service/ceilings';

const limits = { maxInputPixels: 1_000_000, maxOutputPixels: 8_000_000 };

describe('affordableScale', () => {
  it.each([
    ['small', 256, 256, 4, 4],
    ['small, x2 is enough', 256, 256, 2, 2],
    ['x4 is too much', 800, 800, 4, 2],
    ['at the ceiling of x4', 1000, 500, 4, 4],
    ['a row above it', 1000, 501, 4, 2],
    ['at the ceiling of the input', 1000, 1000, 2, 2],
    ['a row above it', 1000, 1001, 2, null],
    ['a line', 20_000, 1, 2, null],
    ['a column', 1, 20_000, 4, null],
    ['a line that x2 can do', 8192, 1, 4, 2],
    ['a bomb', 2 ** 31 - 1, 2 ** 31 - 1, 2, null],
  ] as const)('%s: %dx%d x%d → %s', (_name, width, height, wanted, expected) => {
    expect(affordableScale({ width, height }, wanted, limits)).toBe(expected);
  });
});
