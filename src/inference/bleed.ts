// Gives fully transparent pixels the colour of the nearest visible one. What lies there is arbitrary, mostly
// black, and the network would draw it into the rim as a dark fringe.
import type { RgbaImage } from './types';

/** The image itself where nothing is transparent, else a copy; alpha stays. */
export function bleedColours(image: RgbaImage): RgbaImage {
  const { width, height } = image;
  const known = new Uint8Array(width * height);
  // A breadth-first walk from all visible pixels at once: each pixel enters once, nearest first.
  const walk = new Uint32Array(width * height);
  let end = 0;
  for (let i = 0; i < known.length; i++) {
    if (image.data[i * 4 + 3] !== 0) {
      known[i] = 1;
      walk[end++] = i;
    }
  }
  if (end === 0 || end === known.length) return image;

  const data = image.data.slice();
  for (let at = 0; at < end; at++) {
    const from = walk[at] ?? 0;
    const x = from % width;
    const spread = (to: number) => {
      if (known[to]) return;
      known[to] = 1;
      walk[end++] = to;
      data.copyWithin(to * 4, from * 4, from * 4 + 3);
    };
    if (x > 0) spread(from - 1);
    if (x < width - 1) spread(from + 1);
    if (from >= width) spread(from - width);
    if (from < width * (height - 1)) spread(from + width);
  }
  return { width, height, data };
}
