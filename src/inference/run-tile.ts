// One tile through floats in memory: pixels in, network, pixels out.
import { readAlpha, readColours, repeatAlpha, writeAlpha, writeColours } from './pixels';
import { fitTile, type PlacedTile, type Tile, type TileShape } from './tiles';
import type { RgbaImage } from './types';
import { unevenAlpha } from './uneven-alpha';

/** The network on floats [height, width, 3] of a tile. */
export type RunNetwork = (input: Float32Array, shape: TileShape) => Promise<Float32Array>;

export interface RunOptions {
  run: RunNetwork;
  /** For the floats of the largest tile. */
  room: Float32Array;
  tileSize: number;
  /** Whether a part of a tile must be computed as a whole one. */
  wantsOneShape: boolean;
}

/** Fills the tile's part of `result`. */
export async function runTile(
  { image, tile, shape }: PlacedTile,
  result: RgbaImage,
  { run, room, tileSize, wantsOneShape }: RunOptions,
): Promise<void> {
  const inputOf = ({ width, height }: TileShape) => room.subarray(0, width * height * 3);
  const input = inputOf(shape);
  readColours(image, tile, shape, input);
  writeColours(await run(input, shape), tile, shape, result);

  // Transparency is upscaled apart, as grey, where it changes; elsewhere writeAlpha would give just what is
  // there.
  repeatAlpha(image, tile, shape.scale, result);
  const uneven = unevenAlpha(image, tile);
  if (uneven === null) return;
  const part = wantsOneShape ? tile : uneven;
  const partShape = wantsOneShape ? shape : shapeAround(part, shape, tileSize);
  const grey = inputOf(partShape);
  readAlpha(image, part, partShape, grey);
  writeAlpha(await run(grey, partShape), image, part, partShape, result);
}

/** The least that holds a part of a tile and its halo. */
function shapeAround(part: Tile, { halo, scale }: TileShape, tileSize: number): TileShape {
  const width = fitTile(part.width, halo, tileSize);
  const height = fitTile(part.height, halo, tileSize);
  return { width, height, halo, scale };
}
