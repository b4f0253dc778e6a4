// Sprite sheets: many separate pieces in rows and columns on nothing.
import type { RgbaImage } from '../inference/types';

const minPieces = 8;

/** By transparency alone: pieces on a coloured ground may as well be a picture of many things. */
export function isSpriteSheet({ width, height, data }: RgbaImage): boolean {
  const isFull = (x: number, y: number) => (data[(y * width + x) * 4 + 3] as number) > 16;
  const rows = pieces(height, (y) => some(width, (x) => isFull(x, y)));
  let count = 0;
  let regular = 0;
  for (const row of rows) {
    const columns = pieces(width, (x) =>
      some(row.end - row.start, (y) => isFull(x, row.start + y)),
    );
    count += columns.length;
    const sides = columns.map(({ start, end }) => end - start).sort((a, b) => a - b);
    const median = sides[sides.length >> 1] ?? 0;
    // Icons are about as wide as high; letters of a line are not regular enough, and lines are far wider.
    const high = row.end - row.start;
    if (columns.length >= 3 && median > high / 2 && median < high * 2 && median >= 8)
      regular += columns.length;
  }
  return rows.length >= 2 && count >= minPieces && regular >= 0.75 * count;
}

function pieces(length: number, isFull: (at: number) => boolean) {
  const found: { start: number; end: number }[] = [];
  let start = -1;
  for (let at = 0; at <= length; at++) {
    const full = at < length && isFull(at);
    if (full && start < 0) start = at;
    if (!full && start >= 0) {
      found.push({ start, end: at });
      start = -1;
    }
  }
  return found;
}

function some(length: number, test: (at: number) => boolean): boolean {
  for (let at = 0; at < length; at++) if (test(at)) return true;
  return false;
}
