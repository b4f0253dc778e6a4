import { describe, expect, it } from 'vitest';
import { faultOf } from '../../../src/finish/compare-with-source';
import { residualOf } from '../../../src/finish/residual';
import type { RgbaImage } from '../../../src/inference/types';
import { altered, picture, source, upscaled } from './pictures';

const fault = (before: RgbaImage, after: RgbaImage) => faultOf(before, residualOf(before, after));

/** Changes the colours of one block of the source. */
const inTile = (
  scale: number,
  after: RgbaImage,
  change: (value: number, x: number, y: number) => number,
) =>
  altered(after, (p, x, y) =>
    x < 8 * scale && y < 8 * scale ? p.map((v, i) => (i < 3 ? change(v, x, y) : v)) : p,
  );

describe.each([2, 4])('at x%i', (scale) => {
  const good = upscaled(scale);
  const colours = (change: (value: number) => number) =>
    altered(good, (p) => p.map((v, i) => (i < 3 ? change(v) : v)));

  it.each<[string, RgbaImage]>([
    ['a good result', good],
    ['one that is a level darker', colours((v) => v - 1)],
    [
      'one with some noise',
      altered(good, (p, x, y) => p.map((v) => v + ((x * 7 + y * 3) % 9) - 4)),
    ],
  ])('passes %s', (_name, after) => {
    expect(fault(source(), after)).toBeNull();
  });

  it.each<[string, RgbaImage, string]>([
    ['black', colours(() => 0), 'drift'],
    ['empty', altered(good, () => [0, 0, 0, 0]), 'drift'],
    ['a colour cast', altered(good, ([r = 0, g = 0, b = 0]) => [r + 5, g, b, 255]), 'drift'],
    ['swapped channels', altered(good, ([r = 0, g = 0, b = 0]) => [b, g, r, 255]), 'drift'],
    ['a lost alpha', altered(good, ([r = 0, g = 0, b = 0]) => [r, g, b, 200]), 'drift'],
    ['a shift of one pixel to the right', upscaled(scale, 1 / scale), 'shift'],
    ['a shift of one pixel up', upscaled(scale, 0, -1 / scale), 'shift'],
    ['a part that is black', inTile(scale, good, () => 0), 'drift'],
    ['a part that is a little dark', inTile(scale, good, (v) => v - 14), 'block'],
    [
      'a part of noise about the right mean',
      inTile(
        scale,
        good,
        (v, x, y) => v + ((Math.floor(x / scale) + Math.floor(y / scale)) % 2 ? 50 : -50),
      ),
      'texture',
    ],
  ])('refuses %s', (_name, after, expected) => {
    expect(fault(source(), after)).toContain(expected);
  });

  it('says nothing of the colours under what is transparent', () => {
    const clear = picture(16, 16, () => [200, 10, 10, 0]);
    const bled = picture(16 * scale, 16 * scale, () => [0, 90, 0, 0]);
    expect(fault(clear, bled)).toBeNull();
  });

  it.each([
    [1, 1],
    [1, 9],
    [9, 1],
    [3, 3],
    [17, 23],
  ])('takes an image of %i x %i', (width, height) => {
    const before = source(width, height);
    const after = upscaled(scale, 0, 0, width, height);
    expect(fault(before, after)).toBeNull();
    expect(
      fault(
        before,
        altered(after, () => [0, 0, 0, 255]),
      ),
    ).not.toBeNull();
  });
});
