// Images that CSS shows on an element or its pseudo-elements: backgrounds with any number of layers,
// `content: url()` and `border-image`. Shown by a style rule of ours with `image-set(url() Nx)`, whose
// density keeps the natural size.
import { cssPicture, findCssImages, replaceCssImage, type CssImage } from '../css/images';
import { slicesInPercent } from '../css/painted';
import type { Pseudo, StyleRules } from '../css/style-rules';
import { measureBackground, measureBorderImage, measureContent } from '../measure';
import type { NaturalSizes } from '../natural-sizes';
import type { Size } from '../need';
import { decoded } from './decoded';
import type { Original, Place, SwapOutcome } from './place';
import type { StyleSwaps } from './style-swaps';

export const cssProperties = ['background-image', 'content', 'border-image-source'] as const;
export type CssProperty = (typeof cssProperties)[number];
export const pseudos: readonly Pseudo[] = ['', '::before', '::after'];

export interface CssTools {
  rules: StyleRules;
  styleSwaps: StyleSwaps;
  naturalSizes: NaturalSizes;
  lookAgain(element: Element): void;
}

/** One image of one property: the `index`-th that stands there. */
export interface CssSlot {
  pseudo: Pseudo;
  property: CssProperty;
  index: number;
}

/** What is there by the page's own style; ours is not seen. */
export function cssSlots(element: HTMLElement, rules: StyleRules): CssSlot[] {
  return rules.without(element, () => pseudos.flatMap((pseudo) => slotsOf(element, pseudo)));
}

function slotsOf(element: HTMLElement, pseudo: Pseudo): CssSlot[] {
  const style = getComputedStyle(element, pseudo);
  // Without content a pseudo-element does not exist, whatever else its style says.
  if (pseudo && (style.content === 'none' || style.content === 'normal')) return [];
  return cssProperties.flatMap((property) => {
    const value = style.getPropertyValue(property);
    if (!mayShowImage(value)) return [];
    return findCssImages(value, devicePixelRatio).map((_, index) => ({ pseudo, property, index }));
  });
}

export const mayShowImage = (value: string) => value.includes('url(');

export function cssPlace(element: HTMLElement, slot: CssSlot, tools: CssTools): Place {
  const { pseudo, property, index } = slot;
  /** As the page has it, and the image of this slot in it. */
  let value = '';
  let image: CssImage | null = null;
  let pixels: Size = { width: 0, height: 0 };

  const read = () =>
    tools.rules.without(element, () =>
      getComputedStyle(element, pseudo).getPropertyValue(property),
    );

  return {
    element,
    original(): Original | null {
      value = read();
      image = findCssImages(value, devicePixelRatio)[index] ?? null;
      if (!image) return null;
      const { url, density } = image;
      const size = tools.naturalSizes.of(url, () => tools.lookAgain(element));
      if (!size) return null;
      pixels = size;
      const natural = { width: size.width / density, height: size.height / density };
      return { url, natural, crossOrigin: null, referrerPolicy: null, responsive: false };
    },
    measure({ natural }) {
      switch (property) {
        case 'background-image':
          return measureBackground(element, pseudo, image?.item ?? 0, pixels, natural);
        case 'border-image-source':
          return measureBorderImage(element, pseudo, pixels, natural);
        case 'content':
          return measureContent(element, pseudo, pixels, natural);
      }
    },
    async swapIn(original, picture, signal, onGivenWay): Promise<SwapOutcome> {
      if (isSizedBySlices(element, slot)) return { kind: 'skipped', reason: 'not-exchangeable' };
      const before = value;
      const density = (image?.density ?? 1) * picture.facts.scale;
      if (!(await decoded(picture.url))) return { kind: 'failed', detail: 'it does not decode' };
      if (signal.aborted || !element.isConnected || read() !== before) return { kind: 'given-way' };
      return tools.styleSwaps.show(
        {
          element,
          pseudo,
          screenOnly: false,
          key: `${property} ${index}`,
          url: picture.url,
          declare: (declarations) => {
            const shown = declarations.get(property) ?? before;
            // Firefox cuts the slices of an image with a density wrongly; in percent none is needed.
            const ours =
              property === 'border-image-source'
                ? `url("${picture.url}")`
                : cssPicture(picture.url, density);
            declarations.set(property, replaceCssImage(shown, devicePixelRatio, index, ours));
            if (property !== 'border-image-source') return;
            const slices = getComputedStyle(element, pseudo).borderImageSlice;
            declarations.set('border-image-slice', slicesInPercent(slices, original.natural));
          },
          holds: () => read() === before,
        },
        signal,
        onGivenWay,
      );
    },
    settled: () => Promise.resolve(),
  };
}

/** The natural size of the slices is the width of the border: `border-image-width: auto`. */
const isSizedBySlices = (element: HTMLElement, { pseudo, property }: CssSlot) =>
  property === 'border-image-source' &&
  getComputedStyle(element, pseudo).borderImageWidth.includes('auto');
