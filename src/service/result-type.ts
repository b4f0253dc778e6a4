// Which format a result is encoded in.
import type { RgbaImage } from '../inference/types';
import type { ResultType } from './encode';

/**
 * Encoded bytes per pixel above which a lossless source is taken for a photograph. Measured as PNG of 64 to
 * 240 pixels: photographs 1.4 to 2.8 (half of them over 2.6), logos 0.1 to 0.5, dense small text up to 1.4.
 */
const photographBytesPerPixel = 1.5;

export function resultTypeOf(
  source: { lossy: boolean; encodedBytes: number },
  image: RgbaImage,
): ResultType {
  if (!isOpaque(image)) return 'image/png';
  if (source.lossy) return 'image/jpeg';
  const bytesPerPixel = source.encodedBytes / (image.width * image.height);
  return bytesPerPixel > photographBytesPerPixel ? 'image/jpeg' : 'image/png';
}

function isOpaque({ data }: RgbaImage): boolean {
  for (let at = 3; at < data.length; at += 4) {
    if (data[at] !== 255) return false;
  }
  return true;
}
