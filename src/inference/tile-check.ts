// A last look at every tile before it is shown: drivers have given black, empty and garbled tiles without
// any error.
import type { TileSums } from './backend';
import type { Tile, TileShape } from './tiles';

/**
 * How far (of 1) the mean of a result may lie from that of its input. Upscaling keeps the mean to within a
 * level or two; a black or a foreign tile misses it by far, unless the input is black.
 */
const MEAN_TOLERANCE = 0.1;

/** Why `output`, [height, width, scale · scale · 3], cannot be an upscaled `input`; null if it can. */
export function faultOfTile(
  input: Float32Array,
  output: Float32Array,
  shape: TileShape,
): string | null {
  const before = meanOfCore(input, shape, 3);
  const after = meanOfCore(output, shape, shape.scale * shape.scale * 3);
  return faultOfMeans(before, after);
}

/** The same of sums that a GPU has made. */
export function faultOfSums(
  { input, output }: TileSums,
  { width, height }: Tile,
  { scale }: TileShape,
): string | null {
  const colours = width * height * 3;
  return faultOfMeans(input / colours, output / (colours * scale * scale));
}

function faultOfMeans(before: number, after: number): string | null {
  // One NaN or infinity anywhere makes the sum so.
  if (!Number.isFinite(after)) return 'result has values that are no numbers';
  if (Math.abs(after - before) > MEAN_TOLERANCE) {
    return `result has mean ${after.toFixed(3)}, its input ${before.toFixed(3)}`;
  }
  return null;
}

/** Of the core alone: the halo is darkened by the zeros that convolutions see around the tile. */
function meanOfCore(
  values: Float32Array,
  { width, height, halo }: TileShape,
  channels: number,
): number {
  let sum = 0;
  for (let y = halo; y < height - halo; y++) {
    const end = (y * width + width - halo) * channels;
    // Not for-of, which is twenty times as slow and took a tenth of a tile's time.
    for (let i = (y * width + halo) * channels; i < end; i++) sum += values[i] ?? 0;
  }
  return sum / ((width - 2 * halo) * (height - 2 * halo) * channels);
}
