// From a new browser to the first sharp image, and its parts, as the extension's background leaves them.
import type { ExtensionBrowser } from '../../scripts/browser/extension-browser';
import { launchBrowser } from '../../scripts/browser/launch-browser';
import { readPage, watchPage } from './watch-page';

export interface StartPart {
  part: string;
  /** From the start of the background. */
  atMs: number;
  ms: number;
}

export interface Start {
  /** From the start of the navigation to the sharp image. */
  sharpMs: number;
  /** From decoding to encoding, as the background tells it. */
  imageMs: number;
  parts: StartPart[];
}

export interface StartResults {
  /** A new profile: everything comes from the package, and every backend is probed. */
  first: Start;
  /** The background had stopped: the model comes from IndexedDB, and the backend is remembered. */
  again: Start;
}

/** The page at `url` shows images that are too small for it. */
export async function measureStart(url: string): Promise<StartResults> {
  const upres = await launchBrowser({ name: 'chromium' });
  try {
    const first = await visit(upres, url);
    await upres.clearCache();
    await upres.restartBackground();
    const again = await visit(upres, url);
    return { first, again };
  } finally {
    await upres.dispose();
  }
}

async function visit(upres: ExtensionBrowser, url: string): Promise<Start> {
  // Opens the extension's own page first: opened later it would hide this one.
  await upres.getSetting('enabled');
  const page = await upres.browser.newPage();
  try {
    await page.setViewport({ width: 800, height: 700, deviceScaleFactor: 2 });
    await page.evaluateOnNewDocument(watchPage);
    await page.goto(url);
    await page.bringToFront();
    const [report] = await upres.waitForReports(page, (images) =>
      images.some(({ state }) => state.kind === 'upscaled'),
    );
    const imageMs = report?.state.kind === 'upscaled' ? report.state.ms : NaN;
    const { sharpMs } = await page.evaluate(readPage);
    if (sharpMs === null) throw new Error('no image of the page got sharp');
    return { sharpMs, imageMs, parts: await readParts(upres) };
  } finally {
    await page.close();
  }
}

async function readParts({ browser }: ExtensionBrowser): Promise<StartPart[]> {
  const target = browser.targets().find((each) => each.type() === 'service_worker');
  const worker = await target?.worker();
  if (!worker) throw new Error('the background does not run');
  const entries = await worker.evaluate(() =>
    performance
      .getEntriesByType('measure')
      .filter(({ name }) => name.startsWith('upres: '))
      .map(({ name, startTime, duration }) => ({ name, startTime, duration })),
  );
  return entries.map(({ name, startTime, duration }) => ({
    part: name.replace('upres: ', ''),
    atMs: startTime,
    ms: duration,
  }));
}
