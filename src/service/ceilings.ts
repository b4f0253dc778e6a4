// How large an image may be, before its pixels exist.
import type { Scale } from '../inference/types';
import type { Limits } from '../settings';

/** Canvases and JPEG go further in some browsers; every one of them takes this much. */
const maxResultSide = 16_384;

/** The scale to use: the wanted one, or x2 where x4 would be too much; null where x2 is too. */
export function affordableScale(
  size: { width: number; height: number },
  wanted: Scale,
  limits: Pick<Limits, 'maxInputPixels' | 'maxOutputPixels'>,
): Scale | null {
  const { width, height } = size;
  if (width * height > limits.maxInputPixels) return null;
  const fits = (scale: Scale) =>
    width * height * scale ** 2 <= limits.maxOutputPixels &&
    Math.max(width, height) * scale <= maxResultSide;
  if (fits(wanted)) return wanted;
  return fits(2) ? 2 : null;
}
