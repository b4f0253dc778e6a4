// `test` for every spec here: one browser with the extension and one fixture server a worker; settings,
// cookies, cache, log and tabs are as new before each test. The project's name says which browser.
import { test as playwrightTest } from '@playwright/test';
import type { Page } from 'puppeteer-core';
import type { ExtensionBrowser, OpenOptions } from '../../scripts/browser/extension-browser';
import { launchBrowser, type BrowserName } from '../../scripts/browser/launch-browser';
import { FixtureServer } from '../fixtures/server';

export { expect } from '@playwright/test';

interface WorkerFixtures {
  browserName: BrowserName;
  /** The browser itself, kept for all tests of the worker. */
  upresBrowser: ExtensionBrowser;
  fixtureServer: FixtureServer;
}

interface TestFixtures {
  /** The browser with the extension. */
  upres: ExtensionBrowser;
  server: FixtureServer;
  /** Opens a page that is closed after the test. */
  open: (url: string, options?: OpenOptions) => Promise<Page>;
}

export const test = playwrightTest.extend<TestFixtures, WorkerFixtures>({
  browserName: [
    async ({}, use, info) => use(info.project.name === 'firefox' ? 'firefox' : 'chromium'),
    { scope: 'worker' },
  ],
  fixtureServer: [
    async ({}, use) => {
      const server = await FixtureServer.start();
      await use(server);
      await server.dispose();
    },
    // The first run renders the scenes.
    { scope: 'worker', timeout: 300_000 },
  ],
  upresBrowser: [
    async ({ browserName, fixtureServer }, use) => {
      const browser = await launchBrowser({ name: browserName, proxy: fixtureServer.proxy });
      await use(browser);
      await browser.dispose();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  server: async ({ fixtureServer }, use) => {
    fixtureServer.reset();
    await use(fixtureServer);
  },
  upres: async ({ upresBrowser }, use) => {
    await upresBrowser.resetSettings();
    const { browser } = upresBrowser;
    await browser.deleteCookie(...(await browser.cookies()));
    await upresBrowser.clearCache().catch((e) => console.log(e.message));
    await use(upresBrowser);
  },
  open: async ({ upresBrowser }, use) => {
    const pages: Page[] = [];
    await use(async (url, options) => {
      const page = await upresBrowser.open(url, options);
      pages.push(page);
      return page;
    });
    await Promise.all(pages.map((page) => page.close()));
  },
});
