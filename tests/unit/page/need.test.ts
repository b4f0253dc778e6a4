import { expect, test } from 'vitest';
import {
  decideNeed,
  paintedSize,
  wantedRatio,
  type Need,
  type Shown,
} from '../../../src/page/need';
import { limits } from '../../../src/settings';

const base: Shown = {
  pixels: { width: 320, height: 200 },
  natural: { width: 320, height: 200 },
  box: { width: 320, height: 200 },
  objectFit: 'fill',
  devicePixelRatio: 1,
  visible: true,
  ignoresOrientation: false,
};
const size = (width: number, height: number) => ({ width, height });
const both = (width: number, height: number) => ({
  pixels: size(width, height),
  natural: size(width, height),
});
const x = (scale: 2 | 4): Need => ({ kind: 'upscale', scale });
const skip = (reason: Extract<Need, { kind: 'skip' }>['reason']): Need => ({
  kind: 'skip',
  reason,
});

test.each<[string, Partial<Shown>, Need]>([
  ['one pixel for one', {}, skip('sharp-enough')],
  ['just below the least ratio', { box: size(383, 200) }, skip('sharp-enough')],
  ['at the least ratio', { box: size(384, 200) }, x(2)],
  [
    'a small window onto a large picture',
    { ...both(400, 300), box: size(800, 600), seen: size(40, 40) },
    skip('sprite-sheet'),
  ],
  ['what cover cuts', { box: size(800, 200), objectFit: 'cover' }, x(4)],
  [
    'a part that object-fit: none leaves',
    { natural: size(640, 400), box: size(100, 100), objectFit: 'none' },
    skip('sprite-sheet'),
  ],
  ['a HiDPI screen', { devicePixelRatio: 2 }, x(2)],
  ['page zoom is in the pixel ratio', { devicePixelRatio: 1.25 }, x(2)],
  ['a little more than x2 can give', { devicePixelRatio: 2.4 }, x(2)],
  ['more than a little', { devicePixelRatio: 2.5 }, x(4)],
  ['far more than x4 can give', { devicePixelRatio: 10 }, x(4)],
  ['the axis that is stretched more decides', { box: size(320, 800) }, x(4)],
  [
    'half of the pixels are for density',
    { natural: size(160, 100), box: size(160, 100) },
    skip('sharp-enough'),
  ],
  [
    'the same at double size',
    { natural: size(160, 100), box: size(320, 200), devicePixelRatio: 2 },
    x(2),
  ],
  [
    'contain paints smaller than the box',
    { objectFit: 'contain', box: size(1000, 210) },
    skip('sharp-enough'),
  ],
  ['cover paints larger than the box', { objectFit: 'cover', box: size(1000, 200) }, x(4)],
  [
    'none paints the natural size',
    { objectFit: 'none', box: size(1000, 1000) },
    skip('sharp-enough'),
  ],
  ['none on a HiDPI screen', { objectFit: 'none', devicePixelRatio: 2 }, x(2)],
  [
    'scale-down never enlarges',
    { objectFit: 'scale-down', box: size(1000, 1000) },
    skip('sharp-enough'),
  ],
  [
    'shown as stored, whatever its orientation',
    { ignoresOrientation: true, devicePixelRatio: 2 },
    skip('orientation-ignored'),
  ],
  ['a line', { ...both(20000, 1), box: size(20000, 100) }, skip('too-small')],
  ['an icon', { ...both(16, 16), box: size(64, 64) }, skip('too-small')],
  ['the smallest that is no icon', { ...both(24, 24), box: size(96, 96) }, x(4)],
  ['a tracking pixel', { ...both(1, 1) }, skip('too-small')],
  ['as many pixels as allowed', { ...both(1000, 1000), box: size(2000, 2000) }, x(2)],
  ['more pixels than allowed', { ...both(1001, 1000), box: size(2002, 2000) }, skip('too-large')],
  ['large, but shown small', { ...both(4000, 3000), box: size(400, 300) }, skip('sharp-enough')],
  ['x4 would be too many pixels', { ...both(800, 800), box: size(3200, 3200) }, x(2)],
  ['hidden', { visible: false }, skip('not-shown')],
  ['no box', { box: size(0, 0) }, skip('not-shown')],
  ['a box without height', { box: size(300, 0) }, skip('not-shown')],
])('%s', (_name, change, need) => {
  expect(decideNeed({ ...base, ...change }, limits.fallback)).toEqual(need);
});

test('even x2 can be too many pixels', () => {
  const shown = { ...base, devicePixelRatio: 2 };
  expect(decideNeed(shown, { ...limits.fallback, maxOutputPixels: 255_999 })).toEqual(
    skip('too-large'),
  );
  expect(decideNeed(shown, { ...limits.fallback, maxOutputPixels: 256_000 })).toEqual(x(2));
});

test('cover is cut by the box, and still painted in full', () => {
  const shown: Shown = { ...base, objectFit: 'cover', box: size(300, 300) };
  expect(paintedSize(shown)).toEqual(size(480, 300));
  expect(wantedRatio(shown)).toBe(1.5);
});
