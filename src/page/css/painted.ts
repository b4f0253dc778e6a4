// At which size CSS paints an image: numbers and computed values in, CSS pixels out.
import type { Size } from '../need';

/** `background-size` of one layer, in an area of the given size. */
export function backgroundSize(value: string, natural: Size, area: Size): Size {
  if (natural.width === 0 || natural.height === 0) return area;
  const byWidth = area.width / natural.width;
  const byHeight = area.height / natural.height;
  if (value === 'contain') return zoomed(natural, Math.min(byWidth, byHeight));
  if (value === 'cover') return zoomed(natural, Math.max(byWidth, byHeight));
  const [first = 'auto', second = 'auto'] = value.split(' ');
  const width = lengthOf(first, area.width);
  const height = lengthOf(second, area.height);
  if (width === null && height === null) return natural;
  if (width === null) return zoomed(natural, (height ?? 0) / natural.height);
  if (height === null) return zoomed(natural, width / natural.width);
  return { width, height };
}

/** Border images are stretched from their slices to the border: the side that is stretched most. */
export function borderImageSize(slices: Sides, borders: Sides, natural: Size): Size {
  const factors = sides.map((side) => (slices[side] > 0 ? borders[side] / slices[side] : 0));
  return zoomed(natural, Math.max(...factors));
}

export const sides = ['top', 'right', 'bottom', 'left'] as const;
export type Sides = Record<(typeof sides)[number], number>;

/** `border-image-slice` in pixels of the image's natural size. */
export function slicesOf(value: string, natural: Size): Sides {
  const words = value.split(' ').filter((word) => word !== 'fill');
  // As for margins: a missing side is that of the other side, and at first all are one.
  const word = (index: number): string =>
    words[index] ?? (index === 0 ? '100%' : word(index === 3 ? 1 : 0));
  const pixels = (index: number, whole: number) =>
    Math.min(whole, lengthOf(word(index), whole) ?? 0);
  return {
    top: pixels(0, natural.height),
    right: pixels(1, natural.width),
    bottom: pixels(2, natural.height),
    left: pixels(3, natural.width),
  };
}

/** The same slices in percent, which are those of a larger picture too. */
export function slicesInPercent(value: string, natural: Size): string {
  const { top, right, bottom, left } = slicesOf(value, natural);
  const percent = (pixels: number, whole: number) => `${(pixels / whole) * 100}%`;
  const all = [
    percent(top, natural.height),
    percent(right, natural.width),
    percent(bottom, natural.height),
    percent(left, natural.width),
  ];
  return [...all, ...(value.includes('fill') ? ['fill'] : [])].join(' ');
}

/** The item of a computed list for layer `index`; lists are repeated as often as needed. */
export function layerOf(list: string, index: number): string {
  const items = splitList(list);
  return items[index % items.length] ?? '';
}

/** By the commas outside of brackets. */
export function splitList(list: string): string[] {
  return list.split(/,\s*(?![^()]*\))/);
}

/** Null for `auto` and for what is no plain length. */
function lengthOf(word: string, whole: number): number | null {
  const number = parseFloat(word);
  if (Number.isNaN(number)) return null;
  return word.endsWith('%') ? (number / 100) * whole : number;
}

const zoomed = ({ width, height }: Size, factor: number): Size => ({
  width: width * factor,
  height: height * factor,
});
