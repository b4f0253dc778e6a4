// Between RGBA bytes and the floats of a tile.
import type { Tile, TileShape } from './tiles';
import type { RgbaImage } from './types';

/** Colours as RGB in 0..1. Beyond the image its edge is repeated, as the models' border contract says. */
export function readColours(
  image: RgbaImage,
  tile: Tile,
  shape: TileShape,
  into: Float32Array,
): void {
  readTile(image, tile, shape, (from, to) => {
    into[to] = (image.data[from] ?? 0) / 255;
    into[to + 1] = (image.data[from + 1] ?? 0) / 255;
    into[to + 2] = (image.data[from + 2] ?? 0) / 255;
  });
}

/** Alpha as grey. */
export function readAlpha(
  image: RgbaImage,
  tile: Tile,
  shape: TileShape,
  into: Float32Array,
): void {
  readTile(image, tile, shape, (from, to) => {
    const grey = (image.data[from + 3] ?? 0) / 255;
    into[to] = grey;
    into[to + 1] = grey;
    into[to + 2] = grey;
  });
}

function readTile(
  image: RgbaImage,
  tile: Tile,
  { width, height, halo }: TileShape,
  copy: (from: number, to: number) => void,
): void {
  let to = 0;
  for (let row = 0; row < height; row++) {
    const y = clamp(tile.y - halo + row, image.height - 1);
    for (let column = 0; column < width; column++) {
      const x = clamp(tile.x - halo + column, image.width - 1);
      copy((y * image.width + x) * 4, to);
      to += 3;
    }
  }
}

/**
 * Writes the core of an upscaled tile, [height, width, scale, scale, 3], and shuffles it on the way: an
 * operation of its own for that took tfjs' WASM as long as all the convolutions of a x4 model.
 */
export function writeColours(
  values: Float32Array,
  tile: Tile,
  { width, halo, scale }: TileShape,
  result: RgbaImage,
): void {
  // A Uint8ClampedArray rounds and clamps by itself.
  const { data } = result;
  for (let row = 0; row < tile.height * scale; row++) {
    const y = halo + Math.floor(row / scale);
    let from = ((y * width + halo) * scale + (row % scale)) * scale * 3;
    let to = ((tile.y * scale + row) * result.width + tile.x * scale) * 4;
    for (let x = 0; x < tile.width; x++) {
      for (let i = 0; i < scale; i++) {
        data[to++] = (values[from++] ?? 0) * 255;
        data[to++] = (values[from++] ?? 0) * 255;
        data[to++] = (values[from++] ?? 0) * 255;
        data[to++] = 255;
      }
      // On to the same row of the next pixel's block.
      from += (scale - 1) * scale * 3;
    }
  }
}

/**
 * Writes the alpha that the network made of grey, held between the least and the largest alpha of the
 * source pixel and its neighbours: so flat parts stay exactly flat, whatever the tile, and no ghost of an
 * edge appears where nothing was.
 */
export function writeAlpha(
  values: Float32Array,
  source: RgbaImage,
  tile: Tile,
  { width, halo, scale }: TileShape,
  result: RgbaImage,
): void {
  for (let y = 0; y < tile.height; y++) {
    for (let x = 0; x < tile.width; x++) {
      const around = { x: tile.x + x - 1, y: tile.y + y - 1, width: 3, height: 3 };
      const { min, max } = alphaRange(source, around);
      let from = ((y + halo) * width + x + halo) * scale * scale * 3;
      for (let dy = 0; dy < scale; dy++) {
        let to = ((tile.y + y) * scale + dy) * result.width + (tile.x + x) * scale;
        for (let dx = 0; dx < scale; dx++) {
          // Not a subarray taken apart, which made this take as long as the network.
          const sum = (values[from++] ?? 0) + (values[from++] ?? 0) + (values[from++] ?? 0);
          result.data[to * 4 + 3] = Math.min(max, Math.max(min, (sum / 3) * 255));
          to += 1;
        }
      }
    }
  }
}

/** Each pixel's alpha for its whole block of the result. */
export function repeatAlpha(source: RgbaImage, tile: Tile, scale: number, result: RgbaImage): void {
  for (let row = tile.y * scale; row < (tile.y + tile.height) * scale; row++) {
    const from = Math.floor(row / scale) * source.width;
    let to = (row * result.width + tile.x * scale) * 4 + 3;
    for (let x = tile.x; x < tile.x + tile.width; x++) {
      const alpha = source.data[(from + x) * 4 + 3] ?? 0;
      for (let i = 0; i < scale; i++) {
        result.data[to] = alpha;
        to += 4;
      }
    }
  }
}

/** Least and largest alpha of a rectangle, as far as it lies in the image. */
function alphaRange(image: RgbaImage, area: Tile): { min: number; max: number } {
  const right = Math.min(image.width, area.x + area.width);
  const bottom = Math.min(image.height, area.y + area.height);
  let min = 255;
  let max = 0;
  for (let y = Math.max(0, area.y); y < bottom; y++) {
    for (let x = Math.max(0, area.x); x < right; x++) {
      const alpha = image.data[(y * image.width + x) * 4 + 3] ?? 0;
      if (alpha < min) min = alpha;
      if (alpha > max) max = alpha;
    }
  }
  return { min, max };
}

function clamp(value: number, max: number): number {
  return value < 0 ? 0 : value > max ? max : value;
}
