import { describe, expect, test } from 'vitest';
import {
  readAlpha,
  readColours,
  repeatAlpha,
  writeAlpha,
  writeColours,
} from '../../../src/inference/pixels';
import type { RgbaImage } from '../../../src/inference/types';

const image = (width: number, height: number, data: number[]): RgbaImage => ({
  width,
  height,
  data: Uint8ClampedArray.from(data),
});
const blank = (width: number, height: number) =>
  image(width, height, new Array<number>(width * height * 4).fill(0));

/** Two pixels beside each other. */
const pair = image(2, 1, [255, 0, 51, 255, 0, 102, 255, 51]);
const whole = { x: 0, y: 0, width: 2, height: 1 };
const shape = { width: 4, height: 4, halo: 1, scale: 2 };

test('readColours repeats the edge beyond the image, in 0..1', () => {
  const into = new Float32Array(4 * 4 * 3);
  readColours(pair, whole, shape, into);
  const [a, b] = [
    [1, 0, 0.2],
    [0, 0.4, 1],
  ];
  const row = [...a, ...a, ...b, ...b];
  [...row, ...row, ...row, ...row].forEach((value, i) => expect(into[i]).toBeCloseTo(value, 6));
});

test('readAlpha gives grey', () => {
  const into = new Float32Array(4 * 4 * 3);
  readAlpha(pair, { x: 1, y: 0, width: 1, height: 1 }, shape, into);
  [1, 1, 1, 0.2, 0.2, 0.2].forEach((value, i) => expect(into[i]).toBeCloseTo(value, 6));
});

describe('writeColours', () => {
  test.each([
    [0, 0],
    [1, 255],
    [-0.3, 0],
    [1.4, 255],
    [127.4 / 255, 127],
    [127.6 / 255, 128],
    [254.6 / 255, 255],
  ])('%f becomes %i: rounded and clamped', (value, expected) => {
    const result = blank(2, 2);
    const values = new Float32Array(2 * 2 * 3).fill(value);
    writeColours(
      values,
      { x: 0, y: 0, width: 1, height: 1 },
      { width: 1, height: 1, halo: 0, scale: 2 },
      result,
    );
    expect([...result.data]).toEqual(new Array(4).fill([expected, expected, expected, 255]).flat());
  });

  test('crops the halo and shuffles channel (dy·s + dx)·3 + c to its pixel', () => {
    // The value tells its place in the tile and its channel.
    const values = Float32Array.from({ length: 4 * 4 * 12 }, (_, i) => i / 255);
    const result = blank(4, 2);
    writeColours(values, whole, shape, result);
    const red = (x: number, y: number) => result.data[(y * 4 + x) * 4];
    const channel = (x: number, y: number, dx: number, dy: number) =>
      ((y * 4 + x) * 4 + dy * 2 + dx) * 3;
    for (const [x, dx] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const) {
      for (const dy of [0, 1]) expect(red(x * 2 + dx, dy)).toBe(channel(x + 1, 1, dx, dy));
    }
  });
});

test('writeAlpha stays between the alphas around', () => {
  const source = image(3, 1, [0, 0, 0, 10, 0, 0, 0, 10, 0, 0, 0, 90]);
  const tile = { x: 0, y: 0, width: 3, height: 1 };
  const bright = new Float32Array(3 * 1 * 12).fill(1);
  const result = blank(6, 2);
  writeAlpha(bright, source, tile, { width: 3, height: 1, halo: 0, scale: 2 }, result);
  const alphas = [...result.data].filter((_, i) => i % 4 === 3);
  expect(alphas).toEqual([10, 10, 90, 90, 90, 90, 10, 10, 90, 90, 90, 90]);
});

test('repeatAlpha fills the blocks of the tile alone', () => {
  const result = blank(4, 2);
  repeatAlpha(pair, { x: 1, y: 0, width: 1, height: 1 }, 2, result);
  const alphas = [...result.data].filter((_, i) => i % 4 === 3);
  expect(alphas).toEqual([0, 0, 51, 51, 0, 0, 51, 51]);
});
