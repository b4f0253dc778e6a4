// Which element and which candidate an image shows at the moment.
import { findCandidate, type Candidate } from './srcset';

export interface Selected {
  /** The <img> itself, or the <source> of its <picture> that was chosen. */
  owner: HTMLImageElement | HTMLSourceElement;
  /** Null when it is `src`, or an address that `srcset` does not explain. */
  candidate: Candidate | null;
}

export function selectedSource(image: HTMLImageElement): Selected {
  for (const source of precedingSources(image)) {
    const candidate = candidateOf(source);
    if (candidate) return { owner: source, candidate };
  }
  return { owner: image, candidate: candidateOf(image) };

  function candidateOf(owner: HTMLImageElement | HTMLSourceElement): Candidate | null {
    const srcset = owner.getAttribute('srcset');
    return srcset ? findCandidate(srcset, image.currentSrc, image.baseURI) : null;
  }
}

/** The page offers more than one size, and the browser chooses. */
export const isResponsive = (image: HTMLImageElement) =>
  image.parentElement instanceof HTMLPictureElement || image.srcset.includes(',');

/** The <source> elements that a <picture> tries before this image. */
export function precedingSources(image: HTMLImageElement): HTMLSourceElement[] {
  const picture = image.parentElement;
  if (!(picture instanceof HTMLPictureElement)) return [];
  const children = [...picture.children];
  return children
    .slice(0, children.indexOf(image))
    .filter((child) => child instanceof HTMLSourceElement);
}
