// <img>, alone or in a <picture>: shown by srcset, so that `src`, natural size and layout stay.
import type { SwappedUrls } from '../clone';
import { measureImage } from '../measure';
import type { QuietLoads } from '../quiet-loads';
import { isResponsive, selectedSource } from '../selected';
import { swapIn } from '../swap';
import type { Original, Place } from './place';

export function imagePlace(
  image: HTMLImageElement,
  quietLoads: QuietLoads,
  swappedUrls: SwappedUrls,
): Place {
  let selected = selectedSource(image);
  return {
    element: image,
    original(): Original | null {
      selected = selectedSource(image);
      return {
        url: image.currentSrc,
        natural: { width: image.naturalWidth, height: image.naturalHeight },
        crossOrigin: image.crossOrigin,
        referrerPolicy: image.referrerPolicy,
        responsive: isResponsive(image),
      };
    },
    measure: () => measureImage(image, selected.candidate),
    async swapIn(original, picture, signal, onGivenWay) {
      const replaced = { ...original, selected };
      const outcome = await swapIn(image, replaced, picture, quietLoads, signal, onGivenWay);
      if (outcome.kind === 'swapped') swappedUrls.set(picture.url, outcome.written.originals);
      return outcome;
    },
    settled: () => image.decode(),
  };
}
