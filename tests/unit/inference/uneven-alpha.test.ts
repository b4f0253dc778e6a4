import { expect, test } from 'vitest';
import type { RgbaImage } from '../../../src/inference/types';
import { unevenAlpha } from '../../../src/inference/uneven-alpha';

/** 10x8, of alpha 255 but where told. */
function image(holes: [x: number, y: number][]): RgbaImage {
  const data = new Uint8ClampedArray(10 * 8 * 4).fill(255);
  for (const [x, y] of holes) data[(y * 10 + x) * 4 + 3] = 0;
  return { width: 10, height: 8, data };
}

const column = (x: number): [number, number][] => Array.from({ length: 8 }, (_, y) => [x, y]);
const whole = { x: 0, y: 0, width: 10, height: 8 };

test.each([
  { why: 'an opaque image', holes: [], tile: whole, expected: null },
  { why: 'a hole', holes: [[4, 3]], tile: whole, expected: { x: 2, y: 1, width: 5, height: 5 } },
  {
    why: 'a hole in the corner',
    holes: [[0, 0]],
    tile: whole,
    expected: { x: 0, y: 0, width: 3, height: 3 },
  },
  {
    why: 'a hole just outside the tile',
    holes: [[5, 3]],
    tile: { x: 0, y: 0, width: 5, height: 8 },
    expected: { x: 3, y: 1, width: 2, height: 5 },
  },
  {
    why: 'a hole further away',
    holes: [[7, 3]],
    tile: { x: 0, y: 0, width: 5, height: 8 },
    expected: null,
  },
  {
    why: 'an edge along the whole height',
    holes: [...column(0), ...column(1)],
    tile: whole,
    expected: { x: 0, y: 0, width: 4, height: 8 },
  },
] as const)('$why', ({ holes, tile, expected }) => {
  expect(unevenAlpha(image(holes as [number, number][]), tile)).toEqual(expected);
});

test('holds every pixel whose neighbours differ', () => {
  const holes: [number, number][] = [
    [2, 2],
    [6, 5],
  ];
  const picture = image(holes);
  const area = unevenAlpha(picture, whole);
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 10; x++) {
      const isNear = holes.some(([hx, hy]) => Math.abs(hx - x) <= 1 && Math.abs(hy - y) <= 1);
      const isInside =
        area !== null &&
        x >= area.x &&
        y >= area.y &&
        x < area.x + area.width &&
        y < area.y + area.height;
      if (isNear) expect(isInside).toBe(true);
    }
  }
});
