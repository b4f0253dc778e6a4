// The headless demo: the page before and after, crops side by side, and what the extension says it did.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import type { ImageReport } from '../../src/messages';
import type { ExtensionBrowser } from '../browser/extension-browser';
import { launchBrowser } from '../browser/launch-browser';
import { contactSheet } from './contact-sheet';
import type { DemoOptions } from './options';
import { demoReport, unmetExpectations, type DemoReport } from './report';
import { shownImages } from './shown-images';

const viewport = { width: 1136, height: 900, deviceScaleFactor: 2 };
/** A page longer than this is cut: browsers refuse larger screenshots. */
const maxHeight = 7000;
const timeoutMs = 180_000;
const loadLimitMs = 10_000;

export async function record(url: string, options: DemoOptions): Promise<number> {
  await mkdir(options.outDir, { recursive: true });
  const upres = await launchBrowser({ name: options.browser });
  try {
    const report = await recordWith(upres, url, options);
    return tell(report, options);
  } finally {
    await upres.dispose();
  }
}

async function recordWith(
  upres: ExtensionBrowser,
  url: string,
  { outDir, url: askedUrl }: DemoOptions,
): Promise<DemoReport> {
  const isDemo = askedUrl === null;
  await upres.setSetting('enabled', false);
  const page = await upres.open(url, viewport);
  await showWholePage(page);
  const before = Buffer.from(await page.screenshot());
  await writeFile(join(outDir, 'before.png'), before);

  await upres.setSetting('enabled', true);
  const images = await settledReports(upres, page, isDemo);
  const after = Buffer.from(await page.screenshot());
  await writeFile(join(outDir, 'after.png'), after);

  const shown = await shownImages(page);
  await writeFile(
    join(outDir, 'contact-sheet.png'),
    await contactSheet(before, after, shown, images),
  );
  const report = demoReport(url, upres.name, await upres.browser.version(), images);
  await writeFile(join(outDir, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  return report;
}

/** A viewport as high as the page, so that every image is on the screen and lazy ones load. */
async function showWholePage(page: Page): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewport({ ...viewport, height: Math.min(height, maxHeight) });
  // A lazy image below the cut never loads, and its decode() never ends.
  await page.evaluate(
    (limitMs) =>
      Promise.race([
        Promise.all([...document.images].map((image) => image.decode().catch(() => null))),
        new Promise((resolve) => setTimeout(resolve, limitMs)),
      ]).then(() => undefined),
    loadLimitMs,
  );
}

/** Until every image on the screen has been reported and none waits. A strange page may not come to rest. */
async function settledReports(
  upres: ExtensionBrowser,
  page: Page,
  isDemo: boolean,
): Promise<ImageReport[]> {
  const wanted = await page.evaluate(
    () =>
      [...document.images].filter((image) => {
        const { top, width, height } = image.getBoundingClientRect();
        return image.naturalWidth > 0 && width * height > 0 && top < innerHeight;
      }).length,
  );
  const isSettled = (images: ImageReport[]) =>
    images.length >= wanted && images.every(({ state }) => state.kind !== 'waiting');
  return upres.waitForReports(page, isSettled, timeoutMs).catch((error: unknown) => {
    if (isDemo) throw error;
    console.error(error instanceof Error ? error.message : error);
    return upres.reports(page);
  });
}

function tell(report: DemoReport, { outDir, url }: DemoOptions): number {
  for (const { name, decision, reason, ms, natural, shown } of report.images) {
    const what = decision === 'upscaled' ? `${ms} ms` : reason;
    console.log(`${name}: ${natural.join('x')} shown at ${shown.join('x')}: ${decision} (${what})`);
  }
  const { upscaled, leftAlone, failed } = report.totals;
  console.log(`${upscaled} upscaled, ${leftAlone} left alone, ${failed} failed; see ${outDir}`);
  if (url !== null) return 0;
  const unmet = unmetExpectations(report);
  for (const line of unmet) console.error(line);
  return unmet.length > 0 ? 1 : 0;
}
