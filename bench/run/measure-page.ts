// A whole page with the extension on against off: when its last visible image is sharp, and what the page's
// own thread pays for it.
import type { Page } from 'puppeteer-core';
import type { ExtensionBrowser } from '../../scripts/browser/extension-browser';
import { launchBrowser } from '../../scripts/browser/launch-browser';
import { median } from '../report/statistics';
import { readPage, watchPage, type PageVisit } from './watch-page';

export type PageKind = 'off' | 'on, new browser' | 'on, engine running';

const viewport = { width: 1136, height: 900, deviceScaleFactor: 2 };

/** Medians over rounds; each has a browser of its own. */
export async function measurePage(
  url: string,
  rounds: number,
): Promise<Record<PageKind, PageVisit>> {
  const visits: Record<PageKind, PageVisit[]> = {
    off: [],
    'on, new browser': [],
    'on, engine running': [],
  };
  for (let round = 0; round < rounds; round++) {
    const upres = await launchBrowser({ name: 'chromium' });
    try {
      visits['on, new browser'].push(await visit(upres, url, true));
      await upres.clearCache();
      visits['on, engine running'].push(await visit(upres, url, true));
      await upres.setSetting('enabled', false);
      visits.off.push(await visit(upres, url, false));
    } finally {
      await upres.dispose();
    }
  }
  return {
    off: medians(visits.off),
    'on, new browser': medians(visits['on, new browser']),
    'on, engine running': medians(visits['on, engine running']),
  };
}

async function visit(upres: ExtensionBrowser, url: string, on: boolean): Promise<PageVisit> {
  // Opens the extension's own page first: opened later it would hide this one.
  await upres.getSetting('enabled');
  const page = await upres.browser.newPage();
  try {
    await page.setViewport(viewport);
    await page.evaluateOnNewDocument(watchPage);
    await page.goto(url, { waitUntil: 'load' });
    await page.bringToFront();
    if (on) await settled(upres, page);
    return await page.evaluate(readPage);
  } finally {
    await page.close();
  }
}

/** Every image on the screen has its answer. */
async function settled(upres: ExtensionBrowser, page: Page): Promise<void> {
  const visible = await page.evaluate(
    () =>
      [...document.images].filter((image) => {
        const { top, bottom } = image.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      }).length,
  );
  await upres.waitForReports(
    page,
    (images) => images.length >= visible && images.every(({ state }) => state.kind !== 'waiting'),
    120_000,
  );
}

function medians(visits: PageVisit[]): PageVisit {
  const of = (read: (visit: PageVisit) => number) => median(visits.map(read));
  const isSharp = visits.every(({ sharpMs }) => sharpMs !== null);
  return {
    loadMs: of(({ loadMs }) => loadMs),
    sharpMs: isSharp ? of(({ sharpMs }) => sharpMs ?? 0) : null,
    images: of(({ images }) => images),
    longestTaskMs: of(({ longestTaskMs }) => longestTaskMs),
  };
}
