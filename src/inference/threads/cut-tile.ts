// A tile with as much of its image around it as it reads, to be computed elsewhere; and its result put in place.
import type { PlacedTile } from '../tiles';
import type { RgbaImage } from '../types';

/**
 * The same tile in a piece of its image. Where the piece ends before the tile's halo does, the image ends too,
 * so repeating the edge of the piece is repeating that of the image.
 */
export function cutTile({ image, tile, shape }: PlacedTile): PlacedTile {
  const left = Math.max(0, tile.x - shape.halo);
  const top = Math.max(0, tile.y - shape.halo);
  const width = Math.min(image.width, tile.x - shape.halo + shape.width) - left;
  const height = Math.min(image.height, tile.y - shape.halo + shape.height) - top;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < height; row++) {
    const from = ((top + row) * image.width + left) * 4;
    data.set(image.data.subarray(from, from + width * 4), row * width * 4);
  }
  return {
    image: { width, height, data },
    tile: { ...tile, x: tile.x - left, y: tile.y - top },
    shape,
  };
}

/** Copies `piece`'s tile, upscaled in `from`, to where `whole`'s tile is in `into`. */
export function pasteTile(
  { tile: piece, shape: { scale } }: PlacedTile,
  from: RgbaImage,
  { tile: whole }: PlacedTile,
  into: RgbaImage,
): void {
  const bytes = piece.width * scale * 4;
  for (let row = 0; row < piece.height * scale; row++) {
    const start = ((piece.y * scale + row) * from.width + piece.x * scale) * 4;
    const to = ((whole.y * scale + row) * into.width + whole.x * scale) * 4;
    into.data.set(from.data.subarray(start, start + bytes), to);
  }
}
