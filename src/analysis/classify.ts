// What an image shows, from its pixels: the surest signs first, each of them a rule; what is left is weighed.
import type { RgbaImage } from '../inference/types';
import { hasBarCode } from './bar-code';
import { featureNames, featuresOf, type Features } from './features';
import { isPixelArt } from './pixel-art';
import { hasQrCode } from './qr-code';
import { sampleOf } from './sample';
import { isSpriteSheet } from './sprite-sheet';
import { twoTone } from './two-tone';
import { artWeights, textWeights, type Weights } from './weights';

export const contents = ['photo', 'art', 'text', 'pixel-art', 'code', 'sprite-sheet'] as const;

export type Content = (typeof contents)[number];

export function classify(image: RgbaImage): Content {
  const sample = sampleOf(image);
  const { width, height } = sample;
  const dark = twoTone(sample);
  if (dark && (hasQrCode(dark, width, height) || hasBarCode(dark, width, height))) return 'code';
  if (isSpriteSheet(image)) return 'sprite-sheet';
  if (isPixelArt(sample)) return 'pixel-art';
  const features = featuresOf(sample);
  if (score(features, textWeights) > 0) return 'text';
  return score(features, artWeights) > 0 ? 'art' : 'photo';
}

/** The logarithm of the odds. */
function score(features: Features, { bias, ...weights }: Weights): number {
  return featureNames.reduce((sum, name) => sum + weights[name] * features[name], bias);
}
