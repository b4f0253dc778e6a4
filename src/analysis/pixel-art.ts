// Pixel art: few colours, no ramp between them, and, where it was enlarged, blocks of equal pixels.
import type { Sample } from './sample';

/** Sprites have a palette; a picture with soft edges has hundreds of colours. */
const maxColours = 64;
/** Of the places where the colour changes, those that an enlarging by whole pixels must leave on its grid. */
const onGrid = 0.97;
/** Changes that are steps of a ramp from one colour to another, as smoothed edges have them. */
const maxRamps = 0.08;
/** Below this share of changes a picture is flat: a logo, a flag, a box. */
const minChanges = 0.02;
/**
 * Mean size of the changes, in levels of 255. Drawn pixels stand out from their neighbours by 80 and more; a dark,
 * smooth photograph has as few colours, but they lie a level or so apart, and its codec sets them on a grid.
 */
const minContrast = 16;

export function isPixelArt(sample: Sample): boolean {
  const { width, height, rgb } = sample;
  const colours = new Set<number>();
  const atX = new Uint32Array(width);
  let [changes, ramps, contrast] = [0, 0, 0];
  const colour = (i: number) =>
    ((rgb[i * 3] as number) << 16) | ((rgb[i * 3 + 1] as number) << 8) | (rgb[i * 3 + 2] as number);
  for (let y = 0; y < height; y++) {
    let before = -1;
    let last = colour(y * width);
    for (let x = 0; x < width; x++) {
      const here = colour(y * width + x);
      if (here === last) {
        if (x > 0) before = last;
        continue;
      }
      colours.add(here);
      if (colours.size > maxColours) return false;
      changes += 1;
      contrast += distance(last, here);
      atX[x] = (atX[x] as number) + 1;
      // The pixel before was a colour of its own between two others.
      if (before !== -1 && before !== last && isBetween(before, last, here)) ramps += 1;
      before = last;
      last = here;
    }
  }
  if (changes === 0 || contrast < minContrast * changes) return false;
  const block = blockSide(atX, changes);
  if (block >= 2) return changes * block >= minChanges * width * height;
  return (
    colours.size >= 4 && changes >= 4 * minChanges * width * height && ramps <= maxRamps * changes
  );
}

/** The largest side whose multiples, from some start, hold nearly all changes; 1 if there is none. */
function blockSide(atX: Uint32Array, changes: number): number {
  for (let side = 16; side >= 2; side--) {
    for (let start = 0; start < side; start++) {
      let on = 0;
      let places = 0;
      for (let x = start; x < atX.length; x += side) {
        on += atX[x] as number;
        if (atX[x]) places += 1;
      }
      if (on >= onGrid * changes && places >= 6) return side;
    }
  }
  return 1;
}

/** Of the channel that differs most. */
function distance(a: number, b: number): number {
  return Math.max(
    ...[16, 8, 0].map((shift) => Math.abs(((a >> shift) & 255) - ((b >> shift) & 255))),
  );
}

function isBetween(a: number, b: number, c: number): boolean {
  for (const shift of [16, 8, 0]) {
    const [x, y, z] = [(a >> shift) & 255, (b >> shift) & 255, (c >> shift) & 255];
    if (y < Math.min(x, z) || y > Math.max(x, z)) return false;
  }
  return true;
}
