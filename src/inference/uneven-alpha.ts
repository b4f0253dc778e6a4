// Where the alpha of a tile changes. Only there does the network have something to say about it.
import type { Tile } from './tiles';
import type { RgbaImage } from './types';

/**
 * The smallest part of the tile that holds every pixel whose alpha differs from that of a neighbour, also one
 * outside the tile; null where there is none.
 */
export function unevenAlpha({ width, height, data }: RgbaImage, tile: Tile): Tile | null {
  const right = Math.min(width, tile.x + tile.width + 1);
  const bottom = Math.min(height, tile.y + tile.height + 1);
  const found = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let y = Math.max(0, tile.y - 1); y < bottom; y++) {
    for (let x = Math.max(0, tile.x - 1); x < right; x++) {
      const at = (y * width + x) * 4 + 3;
      const differs =
        (x + 1 < right && data[at] !== data[at + 4]) ||
        (y + 1 < bottom && data[at] !== data[at + 4 * width]);
      if (!differs) continue;
      // This pixel and those to its right and below, and whoever has one of them as a neighbour.
      found.left = Math.min(found.left, x - 1);
      found.right = Math.max(found.right, x + 3);
      found.top = Math.min(found.top, y - 1);
      found.bottom = Math.max(found.bottom, y + 3);
    }
  }
  if (found.left === Infinity) return null;
  const x = Math.max(tile.x, found.left);
  const y = Math.max(tile.y, found.top);
  return {
    x,
    y,
    width: Math.min(tile.x + tile.width, found.right) - x,
    height: Math.min(tile.y + tile.height, found.bottom) - y,
  };
}
