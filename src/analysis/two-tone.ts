// Whether a picture is dark marks on a light ground, or the reverse, and which pixels are the dark ones.
import type { Sample } from './sample';

/** Of all pixels, those near the dark or the light end. */
const minShare = 0.88;
const nearLevels = 50;
const minContrast = 100;

/** 1 for dark; null if there are not two tones. */
export function twoTone({ luma }: Sample): Uint8Array | null {
  const histogram = new Uint32Array(256);
  for (const level of luma) histogram[level] = (histogram[level] as number) + 1;
  const dark = percentile(histogram, luma.length * 0.05);
  const light = percentile(histogram, luma.length * 0.95);
  if (light - dark < minContrast) return null;
  let near = 0;
  for (let level = 0; level < 256; level++) {
    if (level < dark + nearLevels || level > light - nearLevels) near += histogram[level] as number;
  }
  if (near < minShare * luma.length) return null;
  const middle = (dark + light) / 2;
  const result = new Uint8Array(luma.length);
  for (let i = 0; i < luma.length; i++) result[i] = (luma[i] as number) < middle ? 1 : 0;
  return result;
}

function percentile(histogram: Uint32Array, count: number): number {
  let sum = 0;
  for (let level = 0; level < 256; level++) {
    sum += histogram[level] as number;
    if (sum >= count) return level;
  }
  return 255;
}
