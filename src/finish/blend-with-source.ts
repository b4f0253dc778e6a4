// The strength setting: how much of a result is the model's, and how much the source as any browser scales it.
import type { RgbaImage } from '../inference/types';

/** Changes `result` in place: 1 leaves it as it is, 0 gives the source, scaled up bilinearly. */
export function blendWithSource(source: RgbaImage, result: RgbaImage, strength: number): void {
  if (strength >= 1) return;
  const { width, height, data } = source;
  const scale = result.width / width;
  const columns = Array.from({ length: result.width }, (_, x) => between(x, scale, width));
  let at = 0;
  for (let y = 0; y < result.height; y++) {
    const row = between(y, scale, height);
    const above = row.first * width;
    const below = row.second * width;
    for (const { first, second, part } of columns) {
      for (let channel = 0; channel < 3; channel++) {
        const a = data[(above + first) * 4 + channel] as number;
        const b = data[(above + second) * 4 + channel] as number;
        const c = data[(below + first) * 4 + channel] as number;
        const d = data[(below + second) * 4 + channel] as number;
        const top = a + (b - a) * part;
        const bottom = c + (d - c) * part;
        const plain = top + (bottom - top) * row.part;
        result.data[at] = plain + ((result.data[at] as number) - plain) * strength;
        at += 1;
      }
      at += 1;
    }
  }
}

/** The two source pixels that a pixel of the result lies between, and how far on the way to the second. */
function between(at: number, scale: number, length: number) {
  const position = (at + 0.5) / scale - 0.5;
  const first = Math.floor(position);
  const clamp = (index: number) => Math.min(length - 1, Math.max(0, index));
  return { first: clamp(first), second: clamp(first + 1), part: position - first };
}
