// Writes the attributes that show a picture, and takes back what is still ours.
import type { Picture } from './picture';
import type { Selected } from './selected';
import { planSwap, type SwapPlan } from './swap-plan';

export interface Written {
  /** What `srcset` and `sizes` were; null in a <picture>, where they are not touched. */
  originals: Originals | null;
  /** Leaves alone what the page has changed since. */
  undo(): void;
}

const names = ['sizes', 'srcset'] as const;
export type Originals = Record<(typeof names)[number], string | null>;

export function writeSwap(
  image: HTMLImageElement,
  { owner, candidate }: Selected,
  { url, facts }: Picture,
): Written {
  const plan = planSwap(url, facts.width, facts.scale, candidate);
  return image.parentElement instanceof HTMLPictureElement
    ? writeSource(image.parentElement, owner, plan)
    : writeImage(image, plan);
}

/** A <source> in front of the others wins; it takes over what the one that it replaces said. */
function writeSource(picture: HTMLPictureElement, replaced: Element, plan: SwapPlan): Written {
  const source = picture.ownerDocument.createElement('source');
  const copied = replaced instanceof HTMLSourceElement ? ['width', 'height', 'media'] : [];
  for (const name of plan.sizes === null ? [...copied, 'sizes'] : copied) {
    const value = replaced.getAttribute(name);
    if (value !== null) source.setAttribute(name, value);
  }
  if (plan.sizes !== null) source.sizes = plan.sizes;
  source.srcset = plan.srcset;
  picture.prepend(source);
  return { originals: null, undo: () => removeSource(source) };
}

function writeImage(image: HTMLImageElement, plan: SwapPlan): Written {
  const originals = readOriginals(image);
  // `srcset` first: with `sizes` alone Firefox would load the original again before it sees the other.
  image.srcset = plan.srcset;
  if (plan.sizes !== null) image.sizes = plan.sizes;
  const ours = readOriginals(image);
  return {
    originals,
    undo: () => {
      const stillOurs = names.filter((name) => image.getAttribute(name) === ours[name]);
      if (stillOurs.includes('srcset')) resetDensity(image);
      for (const name of stillOurs) putBack(image, name, originals[name]);
    },
  };
}

/** For a copy of a swapped image. */
export function putBackAll(image: HTMLImageElement, originals: Originals): void {
  resetDensity(image);
  for (const name of names) putBack(image, name, originals[name]);
}

export function removeSource(source: HTMLSourceElement): void {
  resetDensity(source);
  source.remove();
}

/**
 * Chromium keeps the density of the last srcset for an image that has only `src` afterwards, which gives it
 * a wrong natural size. So the last srcset is one of density 1; it is gone before anything is loaded.
 */
function resetDensity(owner: HTMLImageElement | HTMLSourceElement): void {
  owner.srcset = 'about:blank 1x';
}

function putBack(image: HTMLImageElement, name: string, value: string | null): void {
  if (image.getAttribute(name) === value) return;
  if (value === null) image.removeAttribute(name);
  else image.setAttribute(name, value);
}

const readOriginals = (image: HTMLImageElement): Originals => ({
  sizes: image.getAttribute('sizes'),
  srcset: image.getAttribute('srcset'),
});
