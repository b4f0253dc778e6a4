// What is looked at: the middle of an image, at most so large that a look takes a few milliseconds.
import type { RgbaImage } from '../inference/types';

const maxSide = 384;

export interface Sample {
  width: number;
  height: number;
  /** RGB over white: what shows through is mostly the page, and pages are mostly white. */
  rgb: Uint8Array;
  luma: Uint8Array;
}

export function sampleOf(image: RgbaImage): Sample {
  const width = Math.min(maxSide, image.width);
  const height = Math.min(maxSide, image.height);
  const left = (image.width - width) >> 1;
  const top = (image.height - height) >> 1;
  const { data } = image;
  const rgb = new Uint8Array(width * height * 3);
  const luma = new Uint8Array(width * height);
  let to = 0;
  for (let y = 0; y < height; y++) {
    let from = ((y + top) * image.width + left) * 4;
    for (let x = 0; x < width; x++) {
      let r = data[from] as number;
      let g = data[from + 1] as number;
      let b = data[from + 2] as number;
      const alpha = data[from + 3] as number;
      if (alpha < 255) {
        r = (255 + ((r - 255) * alpha) / 255) | 0;
        g = (255 + ((g - 255) * alpha) / 255) | 0;
        b = (255 + ((b - 255) * alpha) / 255) | 0;
      }
      rgb[to * 3] = r;
      rgb[to * 3 + 1] = g;
      rgb[to * 3 + 2] = b;
      luma[to] = (2 * r + 5 * g + b) >> 3;
      to += 1;
      from += 4;
    }
  }
  return { width, height, rgb, luma };
}
