// The need rule: the pixels the screen wants against the pixels the image has. Numbers in, decision out.
import type { Scale } from '../messages';
import type { SkipReason } from '../reasons';
import type { Limits } from '../settings';

export interface Size {
  width: number;
  height: number;
}

export type ObjectFit = 'fill' | 'contain' | 'cover' | 'none' | 'scale-down';

export interface Shown {
  /** Pixels of the encoded image. */
  pixels: Size;
  /** `naturalWidth` and `naturalHeight`: the pixels divided by the density that srcset gives them. */
  natural: Size;
  /** Content box, CSS pixels. */
  box: Size;
  objectFit: ObjectFit;
  devicePixelRatio: number;
  visible: boolean;
  /** What can be seen of it, CSS pixels; the box where this is missing. */
  seen?: Size;
  /** `image-orientation: none`: shown as stored, however the file says that it is to be turned. */
  ignoresOrientation: boolean;
}

export type Need = { kind: 'upscale'; scale: Scale } | { kind: 'skip'; reason: SkipReason };

/**
 * What x2 may leave to the browser's own scaling. 1.2 times is what `minRatio` calls sharp enough for an
 * original, so it is for a result too; x4 would cost four times the pixels for a difference nobody sees.
 */
const toleratedStretch = 1.2;

export function decideNeed(shown: Shown, limits: Limits): Need {
  const { pixels, box } = shown;
  if (!shown.visible || box.width <= 0 || box.height <= 0) return skip('not-shown');
  if (Math.min(pixels.width, pixels.height) < limits.minSide) return skip('too-small');
  if (isSprite(shown)) return skip('sprite-sheet');
  const inputPixels = pixels.width * pixels.height;
  const ratio = wantedRatio(shown);
  if (ratio < limits.minRatio) return skip('sharp-enough');
  // The result is turned, and the page has no way to show it otherwise.
  if (shown.ignoresOrientation) return skip('orientation-ignored');
  if (inputPixels > limits.maxInputPixels) return skip('too-large');
  const fits = (scale: Scale) => inputPixels * scale ** 2 <= limits.maxOutputPixels;
  if (ratio > 2 * toleratedStretch && fits(4)) return { kind: 'upscale', scale: 4 };
  return fits(2) ? { kind: 'upscale', scale: 2 } : skip('too-large');
}

/** Only a small part of the picture can be seen: it is one of many that share a file. */
function isSprite(shown: Shown): boolean {
  const painted = paintedSize(shown);
  const seen = shown.seen ?? shown.box;
  // In both directions: what `cover` cuts, it cuts in one.
  return (
    seen.width < painted.width / 1.2 &&
    seen.height < painted.height / 1.2 &&
    seen.width * seen.height * 4 <= painted.width * painted.height
  );
}

/** Device pixels as painted for one pixel of the image, along the axis that is stretched more. */
export function wantedRatio(shown: Shown): number {
  const painted = paintedSize(shown);
  return (
    Math.max(painted.width / shown.pixels.width, painted.height / shown.pixels.height) *
    shown.devicePixelRatio
  );
}

/** Size in CSS pixels at which `object-fit` paints the whole image, before it is cut by the box. */
export function paintedSize({ natural, box, objectFit }: Shown): Size {
  // The browser shows no picture.
  if (natural.width === 0 || natural.height === 0) return box;
  const byWidth = box.width / natural.width;
  const byHeight = box.height / natural.height;
  const zoomed = (factor: number) => ({
    width: natural.width * factor,
    height: natural.height * factor,
  });
  switch (objectFit) {
    case 'fill':
      return { width: box.width, height: box.height };
    case 'contain':
      return zoomed(Math.min(byWidth, byHeight));
    case 'cover':
      return zoomed(Math.max(byWidth, byHeight));
    case 'none':
      return zoomed(1);
    case 'scale-down':
      return zoomed(Math.min(byWidth, byHeight, 1));
  }
}

const skip = (reason: SkipReason): Need => ({ kind: 'skip', reason });
