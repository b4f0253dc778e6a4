// What the browser itself says about a document while it is read: layout shifts and long tasks.
import type { Page } from 'puppeteer-core';

export interface Timeline {
  /** Sum of the layout-shift entries without input; null where the browser has none. */
  layoutShift: number | null;
  /** Longest task of the page's thread, the page's own work included; null where the browser does not say. */
  longestTaskMs: number | null;
}

/** What the probe keeps in the page until it is read. */
interface Kept {
  corpusTimeline: Timeline;
}

/** From the start of the document on: the browser has kept the entries until now. */
export async function startTimeline(page: Page): Promise<void> {
  await page.evaluate(() => {
    const supported = PerformanceObserver.supportedEntryTypes;
    const timeline: Timeline = {
      layoutShift: supported.includes('layout-shift') ? 0 : null,
      longestTaskMs: supported.includes('longtask') ? 0 : null,
    };
    (globalThis as unknown as Kept).corpusTimeline = timeline;
    if (timeline.layoutShift !== null) {
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const { hadRecentInput, value } = entry as unknown as LayoutShift;
          if (!hadRecentInput) timeline.layoutShift = (timeline.layoutShift ?? 0) + value;
        }
      }).observe({ type: 'layout-shift', buffered: true });
    }
    if (timeline.longestTaskMs !== null) {
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) {
          timeline.longestTaskMs = Math.max(timeline.longestTaskMs ?? 0, duration);
        }
      }).observe({ type: 'longtask', buffered: true });
    }
  });
}

export const readTimeline = (page: Page): Promise<Timeline> =>
  page.evaluate(() => ({ ...(globalThis as unknown as Kept).corpusTimeline }));

/** The two documents of one visit together. */
export const joined = (one: Timeline, other: Timeline): Timeline => ({
  layoutShift: both(one.layoutShift, other.layoutShift, (a, b) => a + b),
  longestTaskMs: both(one.longestTaskMs, other.longestTaskMs, Math.max),
});

const both = (a: number | null, b: number | null, join: (a: number, b: number) => number) =>
  a === null || b === null ? null : join(a, b);

interface LayoutShift {
  value: number;
  hadRecentInput: boolean;
}
