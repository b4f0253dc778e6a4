// How much there is to compute for an image, so that a time measured on one tells that of another.
import type { ModelCard } from '../../inference/types';
import { fitTile, planTiles, TILE_SIZE } from '../../inference/tiles';

/** The image that times are stated for: what pages show most is 200 to 600 pixels wide. */
export const usualSide = 300;

/** Multiply-adds, halos included. */
export function imageWork(
  { macsPerPixel, receptiveField: halo, scale }: ModelCard,
  width: number,
  height: number,
): number {
  const shape = {
    width: fitTile(width, halo, TILE_SIZE),
    height: fitTile(height, halo, TILE_SIZE),
    halo,
    scale,
  };
  return planTiles(width, height, shape).length * shape.width * shape.height * macsPerPixel;
}

export function usualWork(card: ModelCard): number {
  return imageWork(card, usualSide, usualSide);
}
