// The consistency lock: the low frequencies of a result follow its source, so that no colour drifts. What
// the scaled-down result lacks is smoothed, scaled up and added.
import type { RgbaImage } from '../inference/types';
import type { Residual } from './residual';

/**
 * Changes `result` in place; its scale is a power of two. The residual is smoothed once, since the source is
 * no truth down to its pixels: unsmoothed, it brought back what the codec had done and the model undone
 * (docs/quality-guards.md). All in whole numbers, so every machine gives the same.
 */
export function lockToSource(source: RgbaImage, result: RgbaImage, residual: Residual): void {
  const { width, height } = source;
  const scale = result.width / width;
  const { data } = result;
  const half = scale / 2;
  // Smoothing counts 16-fold, each way of scaling up twice the scale.
  const shift = Math.log2(16 * residual.unit * (2 * scale) ** 2);
  const rounding = 2 ** (shift - 1);
  // One level. From half a level on it took 50 % longer and gave web images less.
  const limit = 16 * residual.unit;
  // The bits that no number from 0 to below twice the limit has, as it is a power of two.
  const beyond = -2 * limit;
  let above = new Int32Array(width * 3);
  let below = smoothRow(residual, width, height, 0, new Int32Array(width * 3));
  above.set(below);
  // Bilinear: the pixels of the result that lie between the centres of four source pixels.
  for (let y = -1; y < height; y++) {
    const firstDown = y < 0 ? half : 0;
    const endDown = y === height - 1 ? half : scale;
    for (let x = -1; x < width; x++) {
      const left = (x < 0 ? 0 : x) * 3;
      const right = (x === width - 1 ? x : x + 1) * 3;
      const firstAcross = x < 0 ? half : 0;
      const endAcross = x === width - 1 ? half : scale;
      const corner = ((y * scale + half) * width + x) * scale + half;
      for (let channel = 0; channel < 3; channel++) {
        const a = above[left + channel] as number;
        const b = above[right + channel] as number;
        const c = below[left + channel] as number;
        const d = below[right + channel] as number;
        // All four between -limit and limit, as they mostly are.
        if ((((a + limit) | (b + limit) | (c + limit) | (d + limit)) & beyond) === 0) continue;
        for (let dy = firstDown; dy < endDown; dy++) {
          const part = 2 * dy + 1;
          const start = a * (2 * scale - part) + c * part;
          const slope = b * (2 * scale - part) + d * part - start;
          let value = start * 2 * scale + slope * (2 * firstAcross + 1) + rounding;
          let at = (corner + dy * result.width + firstAcross) * 4 + channel;
          for (let dx = firstAcross; dx < endAcross; dx++) {
            data[at] = (data[at] as number) + (value >> shift);
            value += 2 * slope;
            at += 4;
          }
        }
      }
    }
    [above, below] = [below, above];
    smoothRow(residual, width, height, Math.min(y + 2, height - 1), below);
  }
}

/** Binomial over 3 x 3 source pixels without alpha, times 16; the edge is repeated. */
function smoothRow(
  { values }: Residual,
  width: number,
  height: number,
  y: number,
  into: Int32Array<ArrayBuffer>,
): Int32Array<ArrayBuffer> {
  const above = Math.max(y - 1, 0) * width * 4;
  const at = y * width * 4;
  const below = Math.min(y + 1, height - 1) * width * 4;
  const down = (x: number, channel: number) => {
    const i = x * 4 + channel;
    return (
      (values[above + i] as number) + 2 * (values[at + i] as number) + (values[below + i] as number)
    );
  };
  for (let channel = 0; channel < 3; channel++) {
    let here = down(0, channel);
    let before = here;
    for (let x = 0; x < width; x++) {
      const after = x === width - 1 ? here : down(x + 1, channel);
      into[x * 3 + channel] = before + 2 * here + after;
      before = here;
      here = after;
    }
  }
  return into;
}
