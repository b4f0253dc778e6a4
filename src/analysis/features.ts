// Numbers that tell text, photographs and drawings apart, all shares between 0 and 1.
import type { Sample } from './sample';

export const featureNames = [
  'same',
  'soft',
  'hard',
  'hardOfEdges',
  'background',
  'top8',
  'bins',
  'saturation',
  'thin',
  'grain',
] as const;

export type Features = Record<(typeof featureNames)[number], number>;

/** Levels that neighbours may differ by and still be the same, be a gradient, be an edge of any kind. */
const [sameLevels, softLevels, edgeLevels] = [2, 12, 64];
/** A stroke of one or two pixels stands out from both sides by so much. */
const thinLevels = 40;

export function featuresOf({ width, height, rgb, luma }: Sample): Features {
  const bins = new Uint32Array(4096);
  let [same, soft, middle, hard, thin, pairs] = [0, 0, 0, 0, 0, 0];
  let [grain, calm, saturation] = [0, 0, 0];
  const row = width * 3;
  for (let y = 0; y < height; y++) {
    let at = y * row;
    let i = y * width;
    for (let x = 0; x < width; x++, at += 3, i++) {
      const r = rgb[at] as number;
      const g = rgb[at + 1] as number;
      const b = rgb[at + 2] as number;
      const bin = ((r >> 4) << 8) | ((g >> 4) << 4) | (b >> 4);
      bins[bin] = (bins[bin] as number) + 1;
      const high = r > g ? (r > b ? r : b) : g > b ? g : b;
      const low = r < g ? (r < b ? r : b) : g < b ? g : b;
      saturation += high - low;
      if (x < 2 || y < 2) continue;
      const here = luma[i] as number;
      const left = luma[i - 1] as number;
      const above = luma[i - width] as number;
      const dx = Math.abs(here - left);
      const dy = Math.abs(here - above);
      const step = dx > dy ? dx : dy;
      pairs += 1;
      if (step <= sameLevels) same += 1;
      else if (step <= softLevels) soft += 1;
      else if (step <= edgeLevels) middle += 1;
      else hard += 1;
      const left2 = luma[i - 2] as number;
      const above2 = luma[i - 2 * width] as number;
      const ridgeX = 2 * left - here - left2;
      const ridgeY = 2 * above - here - above2;
      if (Math.abs(ridgeX) > 2 * thinLevels || Math.abs(ridgeY) > 2 * thinLevels) thin += 1;
      if (step <= softLevels && Math.abs(left - left2) <= softLevels) {
        calm += 1;
        grain += Math.abs(ridgeX);
      }
    }
  }
  const pixels = width * height;
  pairs ||= 1;
  let used = 0;
  for (const count of bins) if (count >= pixels / 2000) used += 1;
  const [top1 = 0, top8] = topShares(bins, pixels);
  return {
    same: same / pairs,
    soft: soft / pairs,
    hard: hard / pairs,
    hardOfEdges: hard / (hard + middle + pairs / 500),
    background: top1,
    top8: top8 ?? 0,
    bins: Math.log2(1 + used) / 12,
    saturation: saturation / pixels / 255,
    thin: thin / pairs,
    grain: Math.min(1, grain / (calm + 1) / 8),
  };
}

/** Shares of the most frequent colour and of the eight most frequent. */
function topShares(bins: Uint32Array, pixels: number): [number, number] {
  const sorted = bins.slice().sort();
  let sum = 0;
  for (let i = 1; i <= 8; i++) sum += sorted[sorted.length - i] as number;
  return [(sorted[sorted.length - 1] as number) / pixels, sum / pixels];
}
