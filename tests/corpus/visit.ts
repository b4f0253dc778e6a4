// One scripted visit of a site, with Upres on or off: everything that a comparison of the two needs.
import { writeFile } from 'node:fs/promises';
import type { Page } from 'puppeteer-core';
import type { ExtensionBrowser } from '../../scripts/browser/extension-browser';
import type { BrowserName } from '../../scripts/browser/launch-browser';
import type { FixtureServer } from '../fixtures/server';
import { judge } from './judge';
import type { Timeline } from './probe';
import type { Expectation, Site } from './site';
import { differences, snapshotOf, type Snapshot } from './snapshot';
import { createVisitor, type Seen } from './visitor';

export interface Visit {
  seen: Seen;
  timeline: Timeline;
  contentTaskMs: number;
  /** Bytes of all answers. */
  bytes: number;
  /** Errors in the console, thrown by the page or told by the browser. */
  errors: string[];
  snapshot: Snapshot;
  /** How the page, once Upres is off again, differs from one that never had it; empty if not at all. */
  notRestored: string[];
}

export interface VisitOptions {
  /** The visit with Upres off that this one is held against; null for that visit itself. */
  baseline: Visit | null;
  quick: boolean;
  /** A PNG of the first screen. */
  screenshot?: string;
}

const viewport = { width: 1280, height: 900 };
/** Scrolled away too quickly, an image may have to wait for the next time. */
const maxPasses = 4;
const restoredWithinMs = 15_000;

export async function visit(
  upres: ExtensionBrowser,
  server: FixtureServer,
  site: Site,
  { baseline, quick, screenshot }: VisitOptions,
): Promise<Visit> {
  await prepare(upres, server, site, baseline !== null);
  const page = await upres.open(site.url, {
    ...viewport,
    deviceScaleFactor: site.opensAt ?? 1,
  });
  const errors = listenForErrors(page);
  try {
    const visitor = await createVisitor(upres, page, baseline !== null);
    await visitor.settle();
    await page.setViewport({ ...viewport, deviceScaleFactor: 2 });
    const screens = quick ? site.quick?.screens : undefined;
    await visitor.scrollThrough(screens);
    await site.interact?.(visitor);
    await page.setViewport({ width: 1000, height: 700, deviceScaleFactor: 2 });
    await visitor.settle();
    await page.setViewport({ ...viewport, deviceScaleFactor: 2 });
    await visitor.settle();
    const expected = expectedOf(site, quick);
    for (
      let pass = 1;
      baseline && pass < maxPasses && isMissing(expected, visitor.seen, upres.name);
      pass++
    ) {
      await visitor.scrollThrough(screens);
    }
    // The snapshot counts positions from where the page begins.
    await page.evaluate(() => scrollTo(0, 0));
    await visitor.settle();
    const timeline = await visitor.timeline();
    if (screenshot) await writeFile(screenshot, await page.screenshot());
    const { seen, contentTaskMs } = visitor;
    const bytes = server.requests.reduce((sum, request) => sum + request.bytes, 0);
    const snapshot = await snapshotOf(page);
    const notRestored = baseline ? await switchOff(upres, page, baseline.snapshot) : [];
    return { seen, timeline, contentTaskMs, bytes, errors, snapshot, notRestored };
  } finally {
    await page.close();
  }
}

export const expectedOf = (site: Site, quick: boolean): Expectation[] =>
  (quick && site.quick?.expected) || site.expected;

async function prepare(
  upres: ExtensionBrowser,
  server: FixtureServer,
  site: Site,
  isOn: boolean,
): Promise<void> {
  await upres.setSetting('enabled', isOn);
  await upres.clearCache();
  await upres.clearHttpCache();
  await upres.browser.deleteCookie(...(await upres.browser.cookies()));
  server.reset();
  for (const [name, handler] of Object.entries(site.hosts())) server.addHost(name, handler);
}

function listenForErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  return errors;
}

const isMissing = (expected: Expectation[], seen: Seen, browser: BrowserName) =>
  judge(expected, seen, browser).some(({ missing }) => missing > 0);

async function switchOff(
  upres: ExtensionBrowser,
  page: Page,
  baseline: Snapshot,
): Promise<string[]> {
  await upres.setSetting('enabled', false);
  const deadline = Date.now() + restoredWithinMs;
  for (;;) {
    const now = await snapshotOf(page);
    const rest = differences(
      [...baseline.content, ...baseline.layout],
      [...now.content, ...now.layout],
    );
    if (rest.length === 0 || Date.now() > deadline) return rest;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
