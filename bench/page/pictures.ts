// What the contestants upscale: slopes, edges and fine texture.
import type { RgbaImage } from '../../src/inference/types';

export function texture(width: number, height: number): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      data[at] = 128 + 100 * Math.sin(x * 0.31 + y * 0.07);
      data[at + 1] = 60 + ((x * 7 + y * 13) % 128);
      data[at + 2] = (x * y) % 17 < 8 ? 60 : 200;
      data[at + 3] = 255;
    }
  }
  return { width, height, data };
}
