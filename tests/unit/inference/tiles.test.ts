import { describe, expect, test } from 'vitest';
import { fitTile, planTiles } from '../../../src/inference/tiles';

const halo = 10;
const size = 48;
const core = size - 2 * halo;
const shape = { width: size, height: size, halo, scale: 2 };

describe('planTiles', () => {
  test.each([
    // width, height, columns, rows
    [1, 1, 1, 1],
    [1, 100, 1, 4],
    [100, 1, 4, 1],
    [core - 1, core - 1, 1, 1],
    [core, core, 1, 1],
    [core + 1, core, 2, 1],
    [core, core + 1, 1, 2],
    [2 * core, 3 * core, 2, 3],
    [2 * core + 1, 3 * core - 1, 3, 3],
  ])('%i x %i has %i x %i tiles that cover each pixel once', (width, height, columns, rows) => {
    const tiles = planTiles(width, height, shape);
    expect(tiles).toHaveLength(columns * rows);
    const covered = new Uint8Array(width * height);
    for (const tile of tiles) {
      expect(Math.max(tile.width, tile.height)).toBeLessThanOrEqual(core);
      for (let y = tile.y; y < tile.y + tile.height; y++) {
        const row = y * width + tile.x;
        covered.subarray(row, row + tile.width).forEach((times, i, all) => (all[i] = times + 1));
      }
    }
    expect(covered.every((times) => times === 1)).toBe(true);
  });

  test('goes row by row', () => {
    expect(planTiles(core + 5, core + 3, shape)).toEqual([
      { x: 0, y: 0, width: core, height: core },
      { x: core, y: 0, width: 5, height: core },
      { x: 0, y: core, width: core, height: 3 },
      { x: core, y: core, width: 5, height: 3 },
    ]);
  });

  test('a halo that fills the tile is refused', () => {
    expect(() => planTiles(9, 9, { ...shape, halo: 24 })).toThrow('no room');
  });
});

test.each([
  [1, 22],
  [2, 22],
  [core - 1, size],
  [core, size],
  [core + 1, 36],
  [2 * core, size],
  [2 * core + 1, 40],
])('fitTile of %i pixels is %i', (length, expected) => {
  expect(fitTile(length, halo, size)).toBe(expected);
});
