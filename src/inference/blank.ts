// An upscaled image before its pixels are known.
import type { RgbaImage } from './types';

export function blankUpscaled(
  source: Pick<RgbaImage, 'width' | 'height'>,
  scale: number,
): RgbaImage {
  const width = source.width * scale;
  const height = source.height * scale;
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}
