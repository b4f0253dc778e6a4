// Reads from the DOM the numbers that the need rule wants.
import { backgroundSize, borderImageSize, layerOf, slicesOf } from './css/painted';
import type { Pseudo } from './css/style-rules';
import type { ObjectFit, Shown, Size } from './need';
import type { Candidate } from './srcset';
import { transformScale } from './transform-scale';

export function measureImage(image: HTMLImageElement, candidate: Candidate | null): Shown {
  const natural = { width: image.naturalWidth, height: image.naturalHeight };
  return { ...measureReplaced(image, natural), pixels: encodedSize(natural, candidate) };
}

/** An element that is its image: its box is the content box, filled as `object-fit` says. */
export function measureReplaced(element: HTMLElement, natural: Size): Shown {
  const style = getComputedStyle(element);
  return {
    ...screen(style),
    pixels: natural,
    natural,
    box: areaOf(element, style, 'content-box'),
    objectFit: style.objectFit as ObjectFit,
  };
}

/** Layer `item` of a background. `pixels` are those of the file, `natural` what the density makes of them. */
export function measureBackground(
  element: HTMLElement,
  pseudo: Pseudo,
  item: number,
  pixels: Size,
  natural: Size,
): Shown {
  const style = getComputedStyle(element, pseudo);
  const layer = (property: string) => layerOf(style.getPropertyValue(property), item);
  const area =
    layer('background-attachment') === 'fixed'
      ? { width: innerWidth, height: innerHeight }
      : areaOf(element, style, layer('background-origin'), pseudo);
  const size = backgroundSize(layer('background-size'), natural, area);
  const isEmpty = area.width <= 0 || area.height <= 0;
  return { ...painted(style, pixels, isEmpty ? area : size), seen: area };
}

export function measureBorderImage(
  element: HTMLElement,
  pseudo: Pseudo,
  pixels: Size,
  natural: Size,
): Shown {
  const style = getComputedStyle(element, pseudo);
  const borders = {
    top: parseFloat(style.borderTopWidth),
    right: parseFloat(style.borderRightWidth),
    bottom: parseFloat(style.borderBottomWidth),
    left: parseFloat(style.borderLeftWidth),
  };
  const size = borderImageSize(slicesOf(style.borderImageSlice, natural), borders, natural);
  return painted(style, pixels, scaled(size, transformScale(element)));
}

/** `content: url()`: an element becomes the image, a pseudo-element contains it at its natural size. */
export function measureContent(
  element: HTMLElement,
  pseudo: Pseudo,
  pixels: Size,
  natural: Size,
): Shown {
  const style = getComputedStyle(element, pseudo);
  if (pseudo) return painted(style, pixels, scaled(natural, transformScale(element)));
  const box = areaOf(element, style, 'content-box');
  return { ...screen(style), pixels, natural, box, objectFit: style.objectFit as ObjectFit };
}

/** SVG's <image>: the box may be turned and scaled with the drawing. */
export function measureSvgImage(image: SVGImageElement, natural: Size): Shown {
  const style = getComputedStyle(image);
  const { width, height } = image.getBoundingClientRect();
  const box = { width, height };
  return { ...screen(style), pixels: natural, natural, box, objectFit: fitOf(image) };
}

function fitOf(image: SVGImageElement): ObjectFit {
  const { align, meetOrSlice } = image.preserveAspectRatio.baseVal;
  if (align === SVGPreserveAspectRatio.SVG_PRESERVEASPECTRATIO_NONE) return 'fill';
  return meetOrSlice === SVGPreserveAspectRatio.SVG_MEETORSLICE_SLICE ? 'cover' : 'contain';
}

const screen = (style: CSSStyleDeclaration) => ({
  devicePixelRatio,
  visible: style.visibility === 'visible',
  ignoresOrientation: style.imageOrientation === 'none',
});

/** Already painted at `size`. */
const painted = (style: CSSStyleDeclaration, pixels: Size, size: Size): Shown => ({
  ...screen(style),
  pixels,
  natural: size,
  box: size,
  objectFit: 'fill',
});

/** Pixels of the encoded image: srcset's density is taken out of the natural size again. */
function encodedSize({ width, height }: Size, candidate: Candidate | null): Size {
  if (!candidate || width === 0) return { width, height };
  const density = candidate.kind === 'density' ? candidate.density : candidate.width / width;
  return { width: Math.round(width * density), height: Math.round(height * density) };
}

type Edge = `padding${Side}` | `border${Side}Width`;
type Side = 'Left' | 'Right' | 'Top' | 'Bottom';

/** The size of one of the boxes that CSS names, as painted: with transforms, which scale its edges too. */
function areaOf(
  element: HTMLElement,
  style: CSSStyleDeclaration,
  box: string,
  pseudo: Pseudo = '',
): Size {
  const edges = (...names: Edge[]) =>
    names.reduce((sum, name) => sum + (parseFloat(style[name]) || 0), 0);
  const borders = {
    width: edges('borderLeftWidth', 'borderRightWidth'),
    height: edges('borderTopWidth', 'borderBottomWidth'),
  };
  const paddings = {
    width: edges('paddingLeft', 'paddingRight'),
    height: edges('paddingTop', 'paddingBottom'),
  };
  const scale = transformScale(element);
  const whole = pseudo ? pseudoBox(style, borders, paddings) : layoutBox(element, scale);
  const off = (axis: 'width' | 'height') => {
    if (box === 'border-box') return 0;
    return box === 'content-box' ? borders[axis] + paddings[axis] : borders[axis];
  };
  return scaled(
    {
      width: Math.max(0, whole.width - off('width')),
      height: Math.max(0, whole.height - off('height')),
    },
    scale,
  );
}

/** The border box before transforms. */
function layoutBox(element: HTMLElement, scale: { x: number; y: number }): Size {
  if (scale.x === 1 && scale.y === 1) {
    // Not rounded to whole pixels.
    const { width, height } = element.getBoundingClientRect();
    return { width, height };
  }
  return { width: element.offsetWidth, height: element.offsetHeight };
}

/** Of a pseudo-element only the style tells; an inline one has no size there, and counts as none. */
function pseudoBox(style: CSSStyleDeclaration, borders: Size, paddings: Size): Size {
  const of = (axis: 'width' | 'height') => {
    const size = parseFloat(style[axis]) || 0;
    return style.boxSizing === 'border-box' ? size : size + borders[axis] + paddings[axis];
  };
  return { width: of('width'), height: of('height') };
}

const scaled = ({ width, height }: Size, { x, y }: { x: number; y: number }): Size => ({
  width: width * x,
  height: height * y,
});

/** Area inside the viewport, CSS pixels: 0 for what is only near. */
export function visibleArea(element: Element): number {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const width = Math.min(right, innerWidth) - Math.max(left, 0);
  const height = Math.min(bottom, innerHeight) - Math.max(top, 0);
  return Math.round(Math.max(0, width) * Math.max(0, height));
}
