// Finds elements with images in their CSS. Computed styles cost some microseconds each, so they are read in
// idle slices: of every element once, and again of what is near where something changed that styles depend on.
import type { IdleSlices } from './idle-slices';
import { cssProperties, mayShowImage, pseudos } from './kinds/css-images';
import { throttled } from './throttled';

export interface StyleLooks {
  /** The element is new; true if CSS shows an image on it. */
  showsImage(element: Element): boolean;
  /** Styles may have changed at `root` and below it: tells of what has an image now, and of what had one. */
  again(root: Element): void;
}

/** The same root may change with every frame of an animation. */
const againIntervalMs = 300;
/** Of one change; enough for what a few screens hold. */
const maxLooked = 3000;

export function createStyleLooks(
  slices: IdleSlices,
  isTracked: (element: Element) => boolean,
  onFound: (element: Element) => void,
  signal: AbortSignal,
): StyleLooks {
  const roots = new Set<Element>();
  const run = throttled(
    () => {
      for (const root of roots) slices.add(look(root));
      roots.clear();
    },
    againIntervalMs,
    signal,
  );
  function* look(root: Element): Iterator<void> {
    let looked = 0;
    for (const element of nearElements(root)) {
      if (isTracked(element) || showsImage(element)) onFound(element);
      if (++looked >= maxLooked) return;
      yield;
    }
  }
  return {
    showsImage,
    again(root) {
      roots.add(root);
      run();
    },
  };
}

function showsImage(element: Element): boolean {
  if (!(element instanceof HTMLElement)) return false;
  return pseudos.some((pseudo) => {
    const style = getComputedStyle(element, pseudo);
    if (pseudo && (style.content === 'none' || style.content === 'normal')) return false;
    return cssProperties.some((property) => mayShowImage(style.getPropertyValue(property)));
  });
}

/** Without what lies in a box that is more than a screen away. */
function* nearElements(root: Element): Generator<Element, void> {
  const stack: Element[] = [root];
  for (let element = stack.pop(); element; element = stack.pop()) {
    if (isFar(element.getBoundingClientRect())) continue;
    yield element;
    stack.push(...[...element.children].reverse());
  }
}

/** Boxes without an area may have children elsewhere. */
function isFar({ left, right, top, bottom, width, height }: DOMRect): boolean {
  if (width === 0 || height === 0) return false;
  return (
    right < -innerWidth || left > 2 * innerWidth || bottom < -innerHeight || top > 2 * innerHeight
  );
}
