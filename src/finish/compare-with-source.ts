// The last look before a result is shown: scaled down, it must be its source. Drivers have given black,
// shifted, discoloured and garbled pictures without any error.
import type { RgbaImage } from '../inference/types';
import type { Residual } from './residual';

/**
 * In levels of 255, but for `shift`, which is in source pixels, and `texture`, a ratio. Each is at least
 * twice the worst of the good results that `npm run measure:finish` finds (docs/quality-guards.md).
 */
export const bounds = {
  /** Mean difference over the whole image, of any channel. */
  drift: 2,
  /** Mean difference over a block, of any channel. */
  block: 10,
  /** Root mean square of a block's difference in luma, against 4 levels plus the block's own contrast. */
  texture: 0.9,
  /** One pixel of a x4 result is a quarter, and is found as 0.27 or more. */
  shift: 0.15,
};

export type Comparison = Record<keyof typeof bounds, number>;

const blockSide = 8;
/** Below this mean gradient, in levels a pixel, nothing in the image shows a shift. */
const flatGradient = 1;

/** Null where all is well, else what is wrong. */
export function faultOf(source: RgbaImage, residual: Residual): string | null {
  const found = compareWithSource(source, residual);
  for (const key of ['drift', 'block', 'texture', 'shift'] as const) {
    // Not `>`: what is no number is a fault too.
    if (!(found[key] <= bounds[key])) return `${key} of ${found[key].toFixed(2)}`;
  }
  return null;
}

export function compareWithSource(source: RgbaImage, residual: Residual): Comparison {
  const { width, height } = source;
  const columns = Math.max(1, Math.floor(width / blockSide));
  const rows = Math.max(1, Math.floor(height / blockSide));
  const sums = [0, 0, 0, 0];
  const worst = { drift: 0, block: 0, texture: 0 };
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      // The last of a row or column takes what is left over.
      const block = lookAtBlock(source, residual, {
        left: column * blockSide,
        top: row * blockSide,
        right: column === columns - 1 ? width : (column + 1) * blockSide,
        bottom: row === rows - 1 ? height : (row + 1) * blockSide,
      });
      worst.texture = Math.max(worst.texture, block.texture);
      for (const [channel, sum] of block.sums.entries()) {
        worst.block = Math.max(worst.block, Math.abs(sum) / block.pixels);
        sums[channel] = (sums[channel] ?? 0) + sum;
      }
    }
  }
  worst.drift = Math.max(...sums.map(Math.abs)) / (width * height);
  return { ...worst, shift: shiftOf(source, residual) };
}

interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function lookAtBlock(
  { width, data }: RgbaImage,
  { values, unit }: Residual,
  { left, top, right, bottom }: Area,
) {
  let [red, green, blue, alpha] = [0, 0, 0, 0];
  let [error, light, square] = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    let at = (y * width + left) * 4;
    for (let x = left; x < right; x++) {
      const r = values[at] as number;
      const g = values[at + 1] as number;
      const b = values[at + 2] as number;
      red += r;
      green += g;
      blue += b;
      alpha += values[at + 3] as number;
      const difference = (2 * r + 5 * g + b) / 8;
      error += difference * difference;
      const luma = lumaAt(data, at);
      light += luma;
      square += luma * luma;
      at += 4;
    }
  }
  const pixels = (right - left) * (bottom - top);
  const contrast = Math.sqrt(Math.max(0, square / pixels - (light / pixels) ** 2));
  const rms = Math.sqrt(error / pixels) / unit;
  return {
    pixels,
    sums: [red / unit, green / unit, blue / unit, alpha / unit],
    texture: rms / (4 + contrast),
  };
}

/**
 * How far the result lies from its source, by least squares: a shift makes a difference that goes with the
 * gradient. Cheaper than a search among shifts, and finer: it sees parts of a pixel.
 */
function shiftOf({ width, height, data }: RgbaImage, { values, unit }: Residual): number {
  let [alongX, alongY, squareX, squareY, pixels] = [0, 0, 0, 0, 0];
  const below = width * 4;
  for (let y = 1; y < height - 1; y++) {
    let at = (y * width + 1) * 4;
    for (let x = 1; x < width - 1; x++, at += 4) {
      const isOpaque =
        ((data[at + 3] as number) &
          (data[at - 1] as number) &
          (data[at + 7] as number) &
          (data[at + 3 - below] as number) &
          (data[at + 3 + below] as number)) ===
        255;
      // Beside what is transparent the colours are made up.
      if (!isOpaque) continue;
      const gradientX = (lumaAt(data, at + 4) - lumaAt(data, at - 4)) / 2;
      const gradientY = (lumaAt(data, at + below) - lumaAt(data, at - below)) / 2;
      const difference =
        (2 * (values[at] as number) + 5 * (values[at + 1] as number) + (values[at + 2] as number)) /
        8;
      alongX += difference * gradientX;
      alongY += difference * gradientY;
      squareX += gradientX * gradientX;
      squareY += gradientY * gradientY;
      pixels += 1;
    }
  }
  const leastSquare = pixels * flatGradient ** 2;
  const along = (sum: number, square: number) =>
    square > leastSquare ? Math.abs(sum / unit / square) : 0;
  return Math.max(along(alongX, squareX), along(alongY, squareY));
}

function lumaAt(data: Uint8ClampedArray, at: number): number {
  return (2 * (data[at] as number) + 5 * (data[at + 1] as number) + (data[at + 2] as number)) / 8;
}
