// The plan of an image in tiles. Numbers in, data out.
import type { RgbaImage } from './types';

/**
 * Pixels of a tile's side, halo included. On GPUs all tiles have this shape: varying shapes grow the texture
 * cache of WebGL, and odd widths went wrong there (tfjs #4844). Elsewhere it is the largest, and tiles are
 * cut to fit the image, which saves a quarter of the work for images of 200 to 600 pixels, and more below.
 *
 * 160 was measured: WASM on one thread, x2, halo 10, milliseconds a tile of
 *
 *   64: 7.5    96: 15    128: 28    160: 46    192: 64    256: 165
 *
 * Up to 192 that is 1.7 µs a pixel, then the processor's cache is left behind. So larger tiles win only by
 * their smaller share of halo: for images of 200 to 600 pixels 160 takes 7 % less than 128, and 192 another 4 %
 * less, but where the shape is fixed that one overhangs the images more, and aborts wait longer.
 */
export const TILE_SIZE = 160;

/** The part of the image that one run answers for; the tile reads `halo` pixels more to each side. */
export interface Tile {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What the tiles of one image have in common. */
export interface TileShape {
  /** Input pixels, halo included. */
  width: number;
  height: number;
  halo: number;
  scale: number;
}

/** An image cut into tiles. */
export interface TilePlan {
  tiles: Tile[];
  shape: TileShape;
}

/** A tile and the image that it lies in. */
export interface PlacedTile {
  image: RgbaImage;
  tile: Tile;
  shape: TileShape;
}

/**
 * The length of a tile along one side of an image: as many tiles as the largest length needs, all as short
 * as they can be, and even.
 */
export function fitTile(imageLength: number, halo: number, largest: number): number {
  const core = coreOf(largest, halo);
  const length = Math.ceil(imageLength / Math.ceil(imageLength / core)) + 2 * halo;
  return length + (length % 2);
}

/** Tiles row by row. The last of a row or column is cut where the image ends. */
export function planTiles(width: number, height: number, shape: TileShape): Tile[] {
  const coreWidth = coreOf(shape.width, shape.halo);
  const coreHeight = coreOf(shape.height, shape.halo);
  const tiles: Tile[] = [];
  for (let y = 0; y < height; y += coreHeight) {
    for (let x = 0; x < width; x += coreWidth) {
      tiles.push({
        x,
        y,
        width: Math.min(coreWidth, width - x),
        height: Math.min(coreHeight, height - y),
      });
    }
  }
  return tiles;
}

function coreOf(length: number, halo: number): number {
  const core = length - 2 * halo;
  if (core < 1) throw new Error(`a tile of ${length} pixels has no room inside a halo of ${halo}`);
  return core;
}
