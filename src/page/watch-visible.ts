// How much of an element is in view, for as long as its image waits: the order of work follows the scrolling.
import type { Meter } from './meter';

export interface VisibleWatch {
  /** Calls `onArea` with the visible area in CSS pixels, now and when it changes by a quarter; until stopped. */
  watch(element: Element, onArea: (area: number) => void): () => void;
}

export function createVisibleWatch(meter: Meter, signal: AbortSignal): VisibleWatch {
  const watched = new Map<Element, Set<(area: number) => void>>();
  // The browser has laid out already when it tells, so nothing is measured on the page's time.
  const observer = new IntersectionObserver(
    (entries) =>
      meter.run(() => {
        for (const {
          target,
          intersectionRect: { width, height },
        } of entries) {
          const area = Math.round(width * height);
          for (const onArea of watched.get(target) ?? []) onArea(area);
        }
      }),
    { threshold: [0, 0.25, 0.5, 0.75, 1] },
  );
  signal.addEventListener('abort', () => observer.disconnect());
  return {
    watch(element, onArea) {
      const watchers = watched.get(element) ?? new Set();
      watched.set(element, watchers.add(onArea));
      // Anew, so that this one too is told how it is now.
      observer.unobserve(element);
      observer.observe(element);
      return () => {
        if (!watchers.delete(onArea) || watchers.size > 0) return;
        watched.delete(element);
        observer.unobserve(element);
      };
    },
  };
}
