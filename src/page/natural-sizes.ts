// Natural sizes of images that no element of the page tells: those of CSS, posters and the like. The browser
// has them loaded already, so asking again costs no request.
import type { Size } from './need';
import { isVectorUrl } from './vector';

export interface NaturalSizes {
  /** Null as long as it is not known; `whenKnown` is called then. 0 x 0 is no picture. */
  of(url: string, whenKnown: () => void): Size | null;
}

const maxKnown = 2000;
const none: Size = { width: 0, height: 0 };

export function createNaturalSizes(): NaturalSizes {
  const known = new Map<string, Size>();
  const asking = new Map<string, (() => void)[]>();

  const ask = (url: string) => {
    const image = new Image();
    const settle = () => {
      for (const oldest of known.keys()) if (known.size >= maxKnown) known.delete(oldest);
      known.set(url, { width: image.naturalWidth, height: image.naturalHeight });
      const waiting = asking.get(url) ?? [];
      asking.delete(url);
      for (const call of waiting) call();
    };
    image.addEventListener('load', settle, { once: true });
    image.addEventListener('error', settle, { once: true });
    image.src = url;
  };

  return {
    of(url, whenKnown) {
      if (isVectorUrl(url)) return none;
      const size = known.get(url);
      if (size) return size;
      const waiting = asking.get(url);
      if (waiting) waiting.push(whenKnown);
      else {
        asking.set(url, [whenKnown]);
        ask(url);
      }
      return null;
    },
  };
}
