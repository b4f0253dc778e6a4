// What a page itself can tell of a visit: when its images got sharp, and how long its thread was held up.
// Both functions are sent to the page: no helper of this file, and no function in a variable, exists there.

export interface PageVisit {
  /** From the start of the navigation, milliseconds. */
  loadMs: number;
  /** When the last visible image got its sharp picture; null with the extension off. */
  sharpMs: number | null;
  images: number;
  /** Of the page's thread, the browser's own work and the content script included. */
  longestTaskMs: number;
}

interface Watched {
  swaps: Map<Element, number>;
  longestTaskMs: number;
}

/** Runs in the page before its own scripts. */
export function watchPage(): void {
  const watched: Watched = { swaps: new Map(), longestTaskMs: 0 };
  Object.assign(globalThis, { benchWatched: watched });
  // A swap sets the attribute when the picture is decoded, so it is sharp with the next frame.
  new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      // In a `picture` it is a new `source`.
      for (const node of [target, ...addedNodes]) {
        const srcset = node instanceof Element ? node.getAttribute('srcset') : null;
        if (srcset?.startsWith('blob:')) watched.swaps.set(node as Element, performance.now());
      }
    }
  }).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['srcset'],
  });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      watched.longestTaskMs = Math.max(watched.longestTaskMs, duration);
    }
  }).observe({ type: 'longtask', buffered: true });
}

/** Runs in the page, in the end. */
export function readPage(): PageVisit {
  const { swaps, longestTaskMs } = (globalThis as unknown as { benchWatched: Watched })
    .benchWatched;
  const times = [...swaps]
    .filter(([element]) => {
      const image = element.closest('picture')?.querySelector('img') ?? element;
      const { top, bottom } = image.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    })
    .map(([, ms]) => ms);
  const [navigation] = performance.getEntriesByType('navigation');
  return {
    loadMs: (navigation as PerformanceNavigationTiming).loadEventEnd,
    sharpMs: times.length > 0 ? Math.max(...times) : null,
    images: times.length,
    longestTaskMs,
  };
}
