import { expect, test } from 'vitest';
import {
  backgroundSize,
  borderImageSize,
  layerOf,
  slicesInPercent,
  slicesOf,
} from '../../../src/page/css/painted';

const natural = { width: 200, height: 100 };
const size = (width: number, height: number) => ({ width, height });

test.each([
  ['auto', size(200, 100)],
  ['auto auto', size(200, 100)],
  ['cover', size(800, 400)],
  ['contain', size(300, 150)],
  ['50px', size(50, 25)],
  ['auto 50px', size(100, 50)],
  ['50% 25%', size(150, 100)],
  ['100%', size(300, 150)],
])('background-size: %s', (value, painted) => {
  expect(backgroundSize(value, natural, size(300, 400))).toEqual(painted);
});

test('a background without a picture takes its area', () => {
  expect(backgroundSize('cover', size(0, 0), size(3, 4))).toEqual(size(3, 4));
});

test.each([
  ['10', { top: 10, right: 10, bottom: 10, left: 10 }],
  ['10 20', { top: 10, right: 20, bottom: 10, left: 20 }],
  ['10% 20% 30 fill', { top: 10, right: 40, bottom: 30, left: 40 }],
  ['1 2 3 4', { top: 1, right: 2, bottom: 3, left: 4 }],
  ['500', { top: 100, right: 200, bottom: 100, left: 200 }],
  ['100%', { top: 100, right: 200, bottom: 100, left: 200 }],
])('border-image-slice: %s', (value, slices) => {
  expect(slicesOf(value, natural)).toEqual(slices);
});

test('slices in percent are the same of a larger picture', () => {
  const percent = slicesInPercent('10 20 fill', natural);
  expect(percent).toBe('10% 10% 10% 10% fill');
  expect(slicesOf(percent, size(400, 200))).toEqual({ top: 20, right: 40, bottom: 20, left: 40 });
});

test('a border image is as large as its most stretched side', () => {
  const slices = { top: 10, right: 10, bottom: 0, left: 20 };
  const borders = { top: 20, right: 30, bottom: 30, left: 20 };
  expect(borderImageSize(slices, borders, natural)).toEqual(size(600, 300));
});

test.each([
  ['cover', 3, 'cover'],
  ['cover, 10px auto', 2, 'cover'],
  ['cover, min(1px, 2px) auto', 1, 'min(1px, 2px) auto'],
])('layer of %s', (list, index, item) => {
  expect(layerOf(list, index)).toBe(item);
});
