// Low-resolution images and figures as the literature makes them.
import { expect, test } from 'vitest';
import { lumaPsnr } from '../../../bench/quality/luma-psnr';
import { resizeBicubic } from '../../../bench/quality/pillow-bicubic';
import { cropToMultiple, type RgbPicture } from '../../../bench/quality/rgb-picture';

function picture(width: number, height: number): RgbPicture {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const edge = (x * x + y) % 17 < 8 ? 40 : 220;
      data.set([(x * 7 + y * 13) % 256, (x * y) % 251, edge], (y * width + x) * 3);
    }
  }
  return { width, height, data };
}

// What Pillow 13 makes of the same pictures: Image.resize(size, Image.BICUBIC).
test.each([
  {
    size: [8, 6],
    scale: 2,
    pillow: [
      [11, 0, 32, 24, 1, 119, 39, 3, 167, 52, 3, 134],
      [37, 2, 35, 50, 6, 116, 65, 12, 133, 78, 16, 67],
      [62, 3, 53, 75, 11, 183, 90, 20, 132, 103, 29, 59],
    ],
  },
  {
    size: [12, 12],
    scale: 4,
    pillow: [
      [32, 3, 82, 60, 9, 137, 87, 15, 139],
      [83, 9, 134, 111, 31, 119, 138, 52, 59],
      [133, 15, 182, 161, 52, 130, 188, 88, 107],
    ],
  },
])(
  'resizes $size by 1/$scale as Pillow does',
  ({ size: [width = 0, height = 0], scale, pillow }) => {
    const { data } = resizeBicubic(picture(width, height), width / scale, height / scale);
    expect([...data]).toEqual(pillow.flat());
  },
);

test('resizes a cropped picture of 201x97 as Pillow does', () => {
  const cropped = cropToMultiple(picture(201, 97), 4);
  const { width, height, data } = resizeBicubic(cropped, 50, 24);
  expect([width, height]).toEqual([50, 24]);
  expect(data.reduce((sum, value) => sum + value, 0)).toBe(461_716);
  expect([...data.subarray(0, 3), ...data.subarray(-3)]).toEqual([32, 3, 82, 32, 136, 110]);
});

test('measures luma inside the border', () => {
  const drawn = picture(20, 20);
  const a = { ...drawn, data: drawn.data.map((value) => Math.min(254, value)) };
  const b = { ...a, data: a.data.map((value) => value + 1) };
  expect(lumaPsnr(a, a, 2)).toBe(Infinity);
  // One level of each colour is 219 / 255 levels of luma.
  expect(lumaPsnr(a, b, 2)).toBeCloseTo(20 * Math.log10(255 / (219 / 255)), 6);
  const rim = { ...a, data: a.data.slice() };
  rim.data.fill(0, 0, 20 * 3);
  expect(lumaPsnr(a, rim, 2)).toBe(Infinity);
  expect(lumaPsnr(a, rim, 0)).toBeLessThan(40);
});

test('refuses pictures of different sizes', () => {
  expect(() => lumaPsnr(picture(4, 4), picture(4, 5), 0)).toThrow('4x4 and 4x5');
});
