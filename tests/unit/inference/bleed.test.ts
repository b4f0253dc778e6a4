import { expect, test } from 'vitest';
import { bleedColours } from '../../../src/inference/bleed';
import type { RgbaImage } from '../../../src/inference/types';

const colours = {
  R: [200, 0, 0, 255],
  B: [0, 0, 200, 1],
  '.': [9, 9, 9, 0],
  // What a transparent pixel becomes beside them: the colour changes, alpha stays.
  r: [200, 0, 0, 0],
  b: [0, 0, 200, 0],
};

/** An image from rows of letters. */
function draw(...rows: string[]): RgbaImage {
  const data = rows.flatMap((row) => [...row].flatMap((c) => colours[c as keyof typeof colours]));
  return { width: rows[0]?.length ?? 0, height: rows.length, data: Uint8ClampedArray.from(data) };
}

test.each([
  { of: ['R....B'], becomes: ['RrrbbB'] },
  { of: ['R', '.', '.'], becomes: ['R', 'r', 'r'] },
  { of: ['....', '.R..', '....'], becomes: ['rrrr', 'rRrr', 'rrrr'] },
  { of: ['R..', '..B'], becomes: ['Rrb', 'rbB'] },
  { of: ['....'], becomes: ['....'] },
  { of: ['RB', 'BR'], becomes: ['RB', 'BR'] },
])('$of becomes $becomes', ({ of, becomes }) => {
  const image = draw(...of);
  expect(bleedColours(image)).toEqual(draw(...becomes));
  expect(image).toEqual(draw(...of));
});
