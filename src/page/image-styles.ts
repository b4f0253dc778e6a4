// Whether an element's `style` attribute has changed in what can change an image: animations write the rest of
// it with every frame.

export interface ImageStyles {
  /** True too when it is seen for the first time. */
  haveChanged(element: Element): boolean;
}

const ofImages =
  /(?:^|;)\s*(?:background|background-image|border-image[\w-]*|content|--[\w-]+)\s*:[^;]*/g;

export function createImageStyles(): ImageStyles {
  const seen = new WeakMap<Element, string>();
  return {
    haveChanged(element) {
      const now = imagePart(element.getAttribute('style') ?? '');
      const before = seen.get(element);
      seen.set(element, now);
      return now !== before;
    },
  };
}

/** The declarations that matter; a `;` inside of an address cuts it short, which does no harm. */
export const imagePart = (style: string): string => (style.match(ofImages) ?? []).join('');
