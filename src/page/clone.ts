// The page may copy an image that we have swapped. The copy is the page's own, so it gets the page's own
// attributes; and our object URL will not outlive the image that it was made for.
import { putBackAll, removeSource, type Originals } from './write-swap';

/** By object URL: what stood there before. Outlives the swap, since copies do. */
export type SwappedUrls = Map<string, Originals | null>;

export function cleanCopy(image: HTMLImageElement, swapped: SwappedUrls): void {
  const picture = image.parentElement;
  if (picture instanceof HTMLPictureElement) {
    for (const source of picture.querySelectorAll('source')) {
      if (swapped.has(urlOf(source))) removeSource(source);
    }
  }
  const originals = swapped.get(urlOf(image));
  if (originals) putBackAll(image, originals);
}

/** The only address in a srcset of ours. */
const urlOf = (element: Element) => element.getAttribute('srcset')?.split(' ')[0] ?? '';

/** For the copies that were not met before all of our pictures go. */
export function cleanAllCopies(root: Document, swapped: SwappedUrls): void {
  if (swapped.size === 0) return;
  for (const image of root.images) cleanCopy(image, swapped);
}
