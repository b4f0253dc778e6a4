// Reads from the DOM the numbers that the need rule wants.
import type { ObjectFit, Shown, Size } from './need';
import type { Candidate } from './srcset';

export function measure(image: HTMLImageElement, candidate: Candidate | null): Shown {
  const style = getComputedStyle(image);
  return {
    pixels: encodedSize(image, candidate),
    natural: { width: image.naturalWidth, height: image.naturalHeight },
    box: contentBox(image, style),
    objectFit: style.objectFit as ObjectFit,
    devicePixelRatio,
    visible: style.visibility === 'visible',
  };
}

/** Pixels of the encoded image: srcset's density is taken out of the natural size again. */
function encodedSize(image: HTMLImageElement, candidate: Candidate | null): Size {
  const { naturalWidth: width, naturalHeight: height } = image;
  if (!candidate || width === 0) return { width, height };
  const density = candidate.kind === 'density' ? candidate.density : candidate.width / width;
  return { width: Math.round(width * density), height: Math.round(height * density) };
}

type Edge = `padding${Side}` | `border${Side}Width`;
type Side = 'Left' | 'Right' | 'Top' | 'Bottom';

/** As painted, so with transforms: those scale border and padding too. */
function contentBox(image: HTMLImageElement, style: CSSStyleDeclaration): Size {
  const rect = image.getBoundingClientRect();
  const edges = (...names: Edge[]) =>
    names.reduce((sum, name) => sum + (parseFloat(style[name]) || 0), 0);
  const horizontal = edges('paddingLeft', 'paddingRight', 'borderLeftWidth', 'borderRightWidth');
  const vertical = edges('paddingTop', 'paddingBottom', 'borderTopWidth', 'borderBottomWidth');
  const zoomX = image.offsetWidth ? rect.width / image.offsetWidth : 1;
  const zoomY = image.offsetHeight ? rect.height / image.offsetHeight : 1;
  return {
    width: Math.max(0, rect.width - horizontal * zoomX),
    height: Math.max(0, rect.height - vertical * zoomY),
  };
}

/** Area inside the viewport, CSS pixels: 0 for what is only near. */
export function visibleArea(image: HTMLImageElement): number {
  const { left, right, top, bottom } = image.getBoundingClientRect();
  const width = Math.min(right, innerWidth) - Math.max(left, 0);
  const height = Math.min(bottom, innerHeight) - Math.max(top, 0);
  return Math.round(Math.max(0, width) * Math.max(0, height));
}
