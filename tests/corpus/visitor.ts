// A reader of one site: scrolls, follows links, waits until what is in view is there; notes what became of each image.
import type { Page } from 'puppeteer-core';
import type { ImageReport } from '../../src/messages';
import type { ExtensionBrowser } from '../../scripts/browser/extension-browser';
import { waitFor } from '../../scripts/browser/wait-for';
import { joined, readTimeline, startTimeline, type Timeline } from './probe';
import type { Outcome } from './site';

/** What became of each image, by its address. */
export type Seen = Map<string, Outcome>;

export interface Visitor {
  readonly page: Page;
  readonly seen: Seen;
  /** Longest stretch of the content script's work, in any frame. */
  readonly contentTaskMs: number;
  /** Until everything in view has loaded, and Upres has done with it, that address included. */
  settle: (address?: string) => Promise<void>;
  /** From the top to the end (or so many screens), and back. */
  scrollThrough: (screens?: number) => Promise<void>;
  /** Clicks a link to another document. */
  follow: (selector: string) => Promise<void>;
  /** What the browser said of all documents so far. */
  timeline: () => Promise<Timeline>;
}

export async function createVisitor(
  upres: ExtensionBrowser,
  page: Page,
  isOn: boolean,
): Promise<Visitor> {
  const seen: Seen = new Map();
  let contentTaskMs = 0;
  let earlier: Timeline | null = null;
  await startTimeline(page);

  const note = async () => {
    for (const frame of Object.values(await upres.tabReport(page))) {
      contentTaskMs = Math.max(contentTaskMs, frame.longestTaskMs);
      for (const image of frame.images) noteImage(seen, image);
    }
    // A report names the newest 500 images; of those it named before, the page itself tells.
    for (const address of await page.evaluate(addressesShownSharp)) {
      if (seen.has(address)) seen.set(address, 'upscaled');
    }
  };

  const settle = async (address?: string) => {
    await waitFor(page, imagesInViewAreThere, [], 20_000);
    if (!isOn) return;
    if (address) await upres.waitForReports(page, isDoneWith(address)).catch(() => null);
    await upres.waitForRest(page);
    await note();
  };

  const scrollThrough = async (screens = 100) => {
    for (let screen = 0; screen < screens; screen++) {
      await page.evaluate((at) => scrollTo(0, at * innerHeight * 0.8), screen);
      await settle();
      // A page that is at its end and still loading will be longer soon.
      await waitFor(page, isLongerOrReady, []);
      if (await page.evaluate(isAtEnd)) break;
    }
    await page.evaluate(() => scrollTo(0, 0));
    await settle();
  };

  const timeline = async () => {
    const now = await readTimeline(page);
    return earlier ? joined(earlier, now) : now;
  };

  return {
    page,
    seen,
    get contentTaskMs() {
      return contentTaskMs;
    },
    settle,
    scrollThrough,
    async follow(selector) {
      earlier = await timeline();
      await Promise.all([page.waitForNavigation(), page.click(selector)]);
      await startTimeline(page);
    },
    timeline,
  };
}

/** A visit goes on where it never is: the verdict will say so. */
const isDoneWith = (address: string) => (images: ImageReport[]) =>
  images.some(({ url, state }) => url.includes(address) && state.kind !== 'waiting');

function noteImage(seen: Seen, { url, state }: ImageReport): void {
  switch (state.kind) {
    case 'waiting':
      return;
    case 'upscaled':
      seen.set(url, 'upscaled');
      return;
    case 'skipped':
    case 'failed':
      if (seen.get(url) !== 'upscaled') seen.set(url, state.reason);
  }
}

const isAtEnd = () => scrollY + innerHeight >= document.documentElement.scrollHeight - 1;

/** Runs in the page, as the next. */
const addressesShownSharp = () =>
  [...document.images]
    .filter(({ src, currentSrc }) => currentSrc.startsWith('blob:') && src.startsWith('http'))
    .map(({ src }) => src);

const isLongerOrReady = () =>
  scrollY + innerHeight < document.documentElement.scrollHeight - 1 ||
  document.querySelector('[aria-busy="true"]') === null;

const imagesInViewAreThere = () =>
  [...document.images].every((image) => {
    const { top, bottom } = image.getBoundingClientRect();
    return image.complete || bottom < 0 || top > innerHeight;
  });
