import { describe, expect, it } from 'vitest';
import { finishResult } from '../../../src/finish/finish-result';
import { lockToSource } from '../../../src/finish/lock-to-source';
import { residualOf } from '../../../src/finish/residual';
import type { RgbaImage } from '../../../src/inference/types';
import { altered, picture, source, upscaled } from './pictures';

const lock = (before: RgbaImage, after: RgbaImage) =>
  lockToSource(before, after, residualOf(before, after));

/** By definition: bilinear, of the residual smoothed by binomials; parts below a level are left out. */
function expected(before: RgbaImage, after: RgbaImage, scale: number): number[] {
  const { width, height } = before;
  const { values, unit } = residualOf(before, after);
  const clamp = (at: number, length: number) => Math.min(length - 1, Math.max(0, at));
  const smooth = (x: number, y: number, channel: number) => {
    let sum = 0;
    for (const [dx, dy, weight] of binomial) {
      const px = clamp(clamp(x, width) + dx, width);
      const py = clamp(clamp(y, height) + dy, height);
      sum += (weight * (values[(py * width + px) * 4 + channel] ?? 0)) / unit;
    }
    return sum / 16;
  };
  return Array.from(after.data, (value, i) => {
    const channel = i % 4;
    if (channel === 3) return value;
    const px = ((Math.floor(i / 4) % after.width) + 0.5) / scale - 0.5;
    const py = (Math.floor(i / 4 / after.width) + 0.5) / scale - 0.5;
    const [x, y] = [Math.floor(px), Math.floor(py)];
    const a = smooth(x, y, channel);
    const b = smooth(x + 1, y, channel);
    const c = smooth(x, y + 1, channel);
    const d = smooth(x + 1, y + 1, channel);
    if ([a, b, c, d].every((corner) => corner < 1 && corner >= -1)) return value;
    const top = a + (b - a) * (px - x);
    const bottom = c + (d - c) * (px - x);
    return Math.min(255, Math.max(0, value + top + (bottom - top) * (py - y)));
  });
}

const binomial = [-1, 0, 1].flatMap((dx) =>
  [-1, 0, 1].map((dy) => [dx, dy, (2 - Math.abs(dx)) * (2 - Math.abs(dy))] as const),
);

describe.each([2, 4])('at x%i', (scale) => {
  it.each([
    [1, 1],
    [1, 7],
    [8, 1],
    [13, 9],
  ])('adds what the definition says, %i x %i', (width, height) => {
    const before = source(width, height);
    const after = altered(upscaled(scale, 0, 0, width, height), ([r = 0, g = 0, b = 0], x, y) => [
      r + 30 * Math.sin(x / 5),
      g - 12,
      b + ((x * y) % 23),
      255,
    ]);
    const wanted = expected(before, after, scale);
    lock(before, after);
    const off = wanted.map((value, i) => Math.abs(value - (after.data[i] ?? 0)));
    expect(Math.max(...off)).toBeLessThanOrEqual(0.501);
  });

  it('takes a colour cast away and leaves detail alone', () => {
    const before = picture(20, 20, () => [100, 150, 200, 255]);
    const after = picture(20 * scale, 20 * scale, (x) => [106 + (x % 2 ? 3 : -3), 150, 200, 255]);
    lock(before, after);
    const at = (10 * scale * after.width + 10 * scale) * 4;
    expect([...after.data.subarray(at, at + 8)]).toEqual([97, 150, 200, 255, 103, 150, 200, 255]);
  });

  it('leaves alone what differs by less than a level', () => {
    const before = picture(9, 9, () => [100, 100, 100, 255]);
    const after = picture(9 * scale, 9 * scale, (x) => [100 + (x % 2), 100, 100, 255]);
    const copy = after.data.slice();
    lock(before, after);
    expect(after.data).toEqual(copy);
  });
});

describe('finishResult', () => {
  it('locks a good result', () => {
    const after = altered(upscaled(2), ([r = 0, g = 0, b = 0]) => [r + 1.8, g, b, 255]);
    const copy = after.data.slice();
    expect(finishResult(source(), after)).toEqual({ kind: 'good' });
    expect(after.data).not.toEqual(copy);
  });

  it('leaves a faulty one as it is', () => {
    const after = upscaled(2, 1);
    const copy = after.data.slice();
    expect(finishResult(source(), after)).toMatchObject({ kind: 'faulty' });
    expect(after.data).toEqual(copy);
  });
});
