// The plan of an image in tiles of one fixed shape. Numbers in, data out.

/**
 * Pixels of a tile's side, halo included. One even shape for all: varying shapes grow the texture cache of
 * WebGL, and odd widths went wrong there (tfjs #4844).
 *
 * 128 was measured with WASM on one thread, x2, halo 10 (milliseconds a tile; for a square megapixel,
 * averaged over images of 200 to 600 pixels):
 *
 *   64: 7.5, 4330    96: 15, 3220    128: 28, 3200    160: 46, 3250    192: 64, 3480    256: 165, 5460
 *
 * Small tiles mostly compute halo; large ones leave the processor's cache and overhang the image. Of the flat
 * middle, 128 answers small images soonest, and gives aborts and messages a turn every 30 ms.
 */
export const TILE_SIZE = 128;

/** The part of the image that one run answers for; the tile reads `halo` pixels more to each side. */
export interface Tile {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Tiles row by row. The last of a row or column is cut where the image ends. */
export function planTiles(width: number, height: number, halo: number, size: number): Tile[] {
  const core = size - 2 * halo;
  if (core < 1) throw new Error(`a tile of ${size} pixels has no room inside a halo of ${halo}`);
  const tiles: Tile[] = [];
  for (let y = 0; y < height; y += core) {
    for (let x = 0; x < width; x += core) {
      tiles.push({ x, y, width: Math.min(core, width - x), height: Math.min(core, height - y) });
    }
  }
  return tiles;
}
