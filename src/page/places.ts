// Every place where an element shows an image now, by a name that is the same the next time.
import { cssPlace, cssSlots, type CssTools } from './kinds/css-images';
import { imagePlace } from './kinds/image';
import type { Place } from './kinds/place';
import { isReplaced, replacedPlace, replacedUrl } from './kinds/replaced';
import type { SvgImages } from './kinds/svg-image';
import type { QuietLoads } from './quiet-loads';
import type { SwappedUrls } from './clone';

export interface PlaceTools extends CssTools {
  quietLoads: QuietLoads;
  swappedUrls: SwappedUrls;
  svgImages: SvgImages;
}

export function placesOf(element: Element, tools: PlaceTools): Map<string, () => Place> {
  const { quietLoads, swappedUrls, svgImages } = tools;
  if (element instanceof HTMLImageElement) {
    return new Map([['img', () => imagePlace(element, quietLoads, swappedUrls)]]);
  }
  if (element instanceof SVGImageElement) {
    return new Map([['image', () => svgImages.place(element)]]);
  }
  if (isReplaced(element)) {
    const place = () => replacedPlace(element, tools);
    return replacedUrl(element) ? new Map([['replaced', place]]) : new Map();
  }
  if (!(element instanceof HTMLElement)) return new Map();
  return new Map(
    cssSlots(element, tools.rules).map((slot) => [
      `${slot.pseudo} ${slot.property} ${slot.index}`,
      () => cssPlace(element, slot, tools),
    ]),
  );
}
