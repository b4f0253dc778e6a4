// Which of the tracked elements are near the viewport, and when they are worth a look: never makes the browser
// lay out anything, since an element is looked at when the browser has just done so for itself.
import { sliceMs, type IdleSlices } from './idle-slices';
import type { Meter } from './meter';
import { watchPixelRatio } from './pixel-ratio';

export interface NearHandlers {
  /** Loaded (or failed to) and near; again whenever that is worth a new decision. Layout may be read without cost. */
  near(element: Element): void;
  /** Scrolled far away. */
  far(element: Element): void;
}

export interface Near {
  track(element: Element): void;
  untrack(element: Element): void;
  /** Reports the element again, if it is near, when layout is next done. */
  changed(element: Element): void;
}

/** How far outside the viewport still counts as near. */
const nearMargin = '100%';
/** The same margin inside scrolling containers; where it is unknown it is ignored. */
const scrollMargin = { scrollMargin: nearMargin };

export function watchNear(
  handlers: NearHandlers,
  { slices, meter }: { slices: IdleSlices; meter: Meter },
  signal: AbortSignal,
): Near {
  const near = new Set<Element>();
  const marked = new Set<Element>();

  const changed = (element: Element) => {
    if (!near.has(element)) return;
    marked.add(element);
    if (marked.size === 1) slices.add(observeAgain());
  };
  /** An element that is observed anew is reported after the next layout. */
  function* observeAgain(): Iterator<void> {
    for (const element of marked) {
      marked.delete(element);
      if (near.has(element)) {
        sizes.unobserve(element);
        sizes.observe(element);
      }
      yield;
    }
  }

  const intersections = new IntersectionObserver(
    (entries) =>
      meter.run(() => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) {
            near.add(target);
            // The first size report comes by itself and marks the element.
            sizes.observe(target);
          } else if (near.delete(target)) {
            sizes.unobserve(target);
            handlers.far(target);
          }
        }
      }),
    { rootMargin: nearMargin, ...scrollMargin },
  );

  const sizes = new ResizeObserver((entries) =>
    meter.run(() => {
      const end = performance.now() + sliceMs;
      for (const { target } of entries) {
        if (performance.now() >= end) changed(target);
        else if (isSettled(target)) handlers.near(target);
        // Again on the image itself: document.open() takes the document's listeners away.
        else listenForEnd(target);
      }
    }),
  );
  const onEnd = ({ target }: Event) => {
    if (target instanceof Element) meter.run(() => changed(target));
  };
  const listenForEnd = (element: Element) => {
    for (const type of ['load', 'error']) {
      element.addEventListener(type, onEnd, { once: true, signal });
    }
  };

  watchPixelRatio(() => near.forEach(changed), signal);
  signal.addEventListener('abort', () => {
    intersections.disconnect();
    sizes.disconnect();
    near.clear();
    marked.clear();
  });
  return {
    track: (element) => intersections.observe(element),
    untrack(element) {
      intersections.unobserve(element);
      sizes.unobserve(element);
      near.delete(element);
    },
    changed,
  };
}

/** An <img> that still loads comes back with its load or error event; of the others nobody says. */
const isSettled = (element: Element) =>
  element.isConnected &&
  (!(element instanceof HTMLImageElement) || (element.complete && element.currentSrc !== ''));
