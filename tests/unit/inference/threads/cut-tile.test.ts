// A tile cut out with its surroundings reads what it reads in its image.
import { expect, it } from 'vitest';
import { blankUpscaled } from '../../../../src/inference/blank';
import { readAlpha, readColours } from '../../../../src/inference/pixels';
import { cutTile, pasteTile } from '../../../../src/inference/threads/cut-tile';
import { fitTile, planTiles, type TileShape } from '../../../../src/inference/tiles';
import type { RgbaImage } from '../../../../src/inference/types';

function numbered(width: number, height: number): RgbaImage {
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (i * 7) % 251);
  return { width, height, data };
}

const cases: [width: number, height: number, halo: number, largest: number][] = [
  [1, 1, 3, 16],
  [40, 1, 3, 16],
  [1, 40, 3, 16],
  [40, 30, 3, 16],
  [33, 17, 5, 12],
  [20, 20, 0, 8],
];

it.each(cases)('%i x %i with a halo of %i, tiles up to %i', (width, height, halo, largest) => {
  const image = numbered(width, height);
  const side = (length: number) => fitTile(length, halo, largest);
  const shape: TileShape = { width: side(width), height: side(height), halo, scale: 2 };
  const result = blankUpscaled(image, 2);
  for (const tile of planTiles(width, height, shape)) {
    const whole = { image, tile, shape };
    const piece = cutTile(whole);
    expect(piece.image.data).toHaveLength(piece.image.width * piece.image.height * 4);
    for (const read of [readColours, readAlpha]) {
      const [expected, actual] = [0, 0].map(() => new Float32Array(shape.width * shape.height * 3));
      read(image, tile, shape, expected as Float32Array);
      read(piece.image, piece.tile, shape, actual as Float32Array);
      expect(actual).toEqual(expected);
    }
    pasteTile(piece, twice(piece.image), whole, result);
  }
  expect(result).toEqual(twice(image));
});

/** Each pixel four times. */
function twice(image: RgbaImage): RgbaImage {
  const result = blankUpscaled(image, 2);
  for (let y = 0; y < result.height; y++) {
    for (let x = 0; x < result.width; x++) {
      const from = ((y >> 1) * image.width + (x >> 1)) * 4;
      result.data.set(image.data.subarray(from, from + 4), (y * result.width + x) * 4);
    }
  }
  return result;
}
