// Peak signal-to-noise ratio of two 8-bit pictures by the protocol of the super-resolution literature.
import type { RgbPicture } from './rgb-picture';

/** In dB, of BT.601 luma, `border` pixels cut off each side; infinite when they are equal. */
export function lumaPsnr(a: RgbPicture, b: RgbPicture, border: number): number {
  const { width, height } = a;
  if (b.width !== width || b.height !== height) {
    throw new Error(`${width}x${height} and ${b.width}x${b.height} can't be compared`);
  }
  let squares = 0;
  for (let y = border; y < height - border; y++) {
    for (let x = border; x < width - border; x++) {
      const at = (y * width + x) * 3;
      squares += (lumaAt(a.data, at) - lumaAt(b.data, at)) ** 2;
    }
  }
  const count = (width - 2 * border) * (height - 2 * border);
  return 10 * Math.log10(255 ** 2 / (squares / count));
}

function lumaAt(data: Uint8Array, at: number): number {
  const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]];
  return (65.481 * r + 128.553 * g + 24.966 * b) / 255 + 16;
}
