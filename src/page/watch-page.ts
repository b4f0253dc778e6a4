// Notices that the page touches what a swapped image shows.
import { precedingSources } from './selected';

const attributeFilter = ['src', 'srcset', 'sizes', 'media', 'type', 'crossorigin'];

/** To be called after our own writes. `onChange` runs before the browser has loaded the page's change. */
export function watchPage(
  image: HTMLImageElement,
  onChange: () => void,
  signal: AbortSignal,
): void {
  const observer = new MutationObserver(onChange);
  observer.observe(image, { attributeFilter });
  if (image.parentElement instanceof HTMLPictureElement) {
    observer.observe(image.parentElement, { attributeFilter, subtree: true, childList: true });
    // Our <source> stands in front of the others, so their conditions are watched in their place.
    for (const { media } of precedingSources(image)) {
      if (media) matchMedia(media).addEventListener('change', onChange, { signal });
    }
  }
  signal.addEventListener('abort', () => observer.disconnect());
}
