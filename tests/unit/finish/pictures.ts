// Pictures for the tests of the last look: a textured source, and what a good model makes of it.
import type { RgbaImage } from '../../../src/inference/types';

export type At = (x: number, y: number) => [number, number, number, number];

export function picture(width: number, height: number, at: At): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(at(x, y), (y * width + x) * 4);
  }
  return { width, height, data };
}

/** Waves of a few pixels, so that it exists at every scale. */
const scene = (x: number, y: number): [number, number, number, number] => [
  128 + 70 * Math.sin(x * 0.5 + y * 0.2) + 20 * Math.sin(y * 0.9),
  120 + 60 * Math.sin(x * 0.3 - y * 0.4),
  100 + 50 * Math.cos(y * 0.35),
  255,
];

export const source = (width = 40, height = 24) => picture(width, height, scene);

/** The same scene, sampled `scale` times as finely, and moved by (dx, dy) pixels of the source. */
export const upscaled = (scale: number, dx = 0, dy = 0, width = 40, height = 24) =>
  picture(width * scale, height * scale, (x, y) =>
    scene((x + 0.5) / scale - 0.5 - dx, (y + 0.5) / scale - 0.5 - dy),
  );

/** `image` with each pixel replaced. */
export const altered = (
  image: RgbaImage,
  change: (pixel: number[], x: number, y: number) => number[],
) =>
  picture(image.width, image.height, (x, y) => {
    const at = (y * image.width + x) * 4;
    const [r = 0, g = 0, b = 0, a = 0] = change([...image.data.subarray(at, at + 4)], x, y);
    return [r, g, b, a];
  });
