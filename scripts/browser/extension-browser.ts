// A running browser with the extension: opens pages, and reaches what the extension itself knows
// (settings, status, reports) from one of the extension's own pages.
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'puppeteer-core';
import type { FrameReport, HostStatus, ImageReport } from '../../src/messages';
import type { BrowserName } from './launch-browser';

export interface OpenOptions {
  width?: number;
  height?: number;
  deviceScaleFactor?: number;
  /** Also waits until the page's `load` event (default), or not even for the document. */
  waitUntil?: 'load' | 'domcontentloaded';
}

type TabReport = Record<number, FrameReport>;

/** Owns the browser process and every page in it; `dispose` ends them. */
export class ExtensionBrowser {
  #extensionPage: Promise<Page> | null = null;

  constructor(
    readonly name: BrowserName,
    readonly browser: Browser,
    /** Origin of the extension's pages; null in a browser without the extension. */
    readonly extensionOrigin: string | null,
    private readonly stopBackground: () => Promise<void>,
    /** Empties what the browser itself keeps of the web. */
    readonly clearHttpCache: () => Promise<void>,
  ) {}

  /** Opens `url` in a tab in front, at the given size (DPR 2 unless told). */
  async open(url: string, options: OpenOptions = {}): Promise<Page> {
    // Made first: a later tab would push this page into the background.
    if (this.extensionOrigin !== null) await this.#page();
    const page = await this.browser.newPage();
    const { width = 1000, height = 800, deviceScaleFactor = 2 } = options;
    await page.setViewport({ width, height, deviceScaleFactor });
    await page.goto(url, { waitUntil: options.waitUntil ?? 'load' });
    await page.bringToFront();
    return page;
  }

  /** The popup as a page of its own, for the tab that shows `page` (which stays in front). */
  async openPopup(page: Page): Promise<Page> {
    const popup = await this.#openExtensionPage(`popup.html?tab=${await this.tabId(page)}`);
    await popup.setViewport({ width: 400, height: 640, deviceScaleFactor: 2 });
    await page.bringToFront();
    return popup;
  }

  /** Writes a setting of `src/settings.ts` by its storage key, e.g. `enabled`. */
  async setSetting(key: string, value: unknown): Promise<void> {
    const page = await this.#page();
    await page.evaluate(
      (items) => (globalThis as unknown as ExtensionGlobal).chrome.storage.local.set(items),
      { [key]: value },
    );
  }

  /** Every setting back to its default. */
  async resetSettings(): Promise<void> {
    const page = await this.#page();
    await page.evaluate(() =>
      (globalThis as unknown as ExtensionGlobal).chrome.storage.local.clear(),
    );
  }

  async getSetting(key: string): Promise<unknown> {
    const page = await this.#page();
    const items = await page.evaluate(
      (name) => (globalThis as unknown as ExtensionGlobal).chrome.storage.local.get(name),
      key,
    );
    return items[key];
  }

  async getStatus(): Promise<HostStatus> {
    return (await this.#send('getStatus')) as HostStatus;
  }

  async clearCache(): Promise<void> {
    await this.#send('clearCache');
  }

  /** Rules for requests that the extension has in force. */
  async sessionRules(): Promise<unknown[]> {
    const page = await this.#page();
    return page.evaluate(() =>
      (globalThis as unknown as ExtensionGlobal).chrome.declarativeNetRequest.getSessionRules(),
    );
  }

  /** What the extension says of the images of the tab that shows `page`, all frames together. */
  async reports(page: Page): Promise<ImageReport[]> {
    return Object.values(await this.tabReport(page)).flatMap((frame) => frame.images);
  }

  async tabReport(page: Page): Promise<TabReport> {
    return this.tabReportOf(await this.tabId(page));
  }

  async tabReportOf(tabId: number): Promise<TabReport> {
    const extensionPage = await this.#page();
    const key = `report:${tabId}`;
    const items = await extensionPage.evaluate(
      (name) => (globalThis as unknown as ExtensionGlobal).chrome.storage.session.get(name),
      key,
    );
    return (items[key] ?? {}) as TabReport;
  }

  /** Resolves when the reports of the tab satisfy `accept`; the storage's own event drives it. */
  async waitForReports(
    page: Page,
    accept: (images: ImageReport[]) => boolean,
    timeoutMs = 60_000,
  ): Promise<ImageReport[]> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const images = await this.reports(page);
      if (accept(images)) return images;
      const leftMs = deadline - Date.now();
      if (leftMs <= 0) {
        const states = images.map(({ url, state }) => `${url} ${JSON.stringify(state)}`);
        throw new Error(`Reports not as expected after ${timeoutMs} ms:\n${states.join('\n')}`);
      }
      await this.#nextReportChange(Math.min(leftMs, 1000));
    }
  }

  /** Resolves when no image of the tab waits and its reports have not changed for `restMs`. */
  async waitForRest(page: Page, restMs = 300, timeoutMs = 60_000): Promise<ImageReport[]> {
    const deadline = Date.now() + timeoutMs;
    let known = '';
    for (;;) {
      const images = await this.reports(page);
      const now = JSON.stringify(images);
      const rests = now === known && images.every(({ state }) => state.kind !== 'waiting');
      if (rests || Date.now() > deadline) return images;
      known = now;
      await this.#nextReportChange(restMs);
    }
  }

  /** Opens `url` in a private window. No `Page`: the drivers do not hand out what is in there. */
  async openPrivateWindow(url: string): Promise<{ windowId: number; tabId: number }> {
    const page = await this.#page();
    return page.evaluate(async (address) => {
      const { windows, tabs } = (globalThis as unknown as ExtensionGlobal).chrome;
      const window = await windows.create({ incognito: true, url: address });
      const [tab] = await tabs.query({ windowId: window.id });
      if (!tab) throw new Error('a private window without a tab');
      return { windowId: window.id, tabId: tab.id };
    }, url);
  }

  async closeWindow(windowId: number): Promise<void> {
    const page = await this.#page();
    await page.evaluate(
      (id) => (globalThis as unknown as ExtensionGlobal).chrome.windows.remove(id),
      windowId,
    );
  }

  /** The keys of what the extension keeps in session storage. */
  async sessionKeys(): Promise<string[]> {
    const page = await this.#page();
    const items = await page.evaluate(() =>
      (globalThis as unknown as ExtensionGlobal).chrome.storage.session.get(null),
    );
    return Object.keys(items);
  }

  /** The status of `url`, from the HTTP cache of the extension if it is there, else from the network. */
  async fetchFromCache(url: string): Promise<number> {
    const page = await this.#page();
    return page.evaluate(async (address) => {
      const response = await fetch(address, { cache: 'force-cache', credentials: 'omit' });
      return response.status;
    }, url);
  }

  /** Stops the service worker or event page; the next message starts it again. */
  async restartBackground(): Promise<void> {
    await this.stopBackground();
  }

  /** The browser's own number for the tab that shows `page`. */
  async tabId(page: Page): Promise<number> {
    const extensionPage = await this.#page();
    const tabs = await extensionPage.evaluate(() =>
      (globalThis as unknown as ExtensionGlobal).chrome.tabs.query({}),
    );
    const url = page.url();
    const tab = tabs.findLast((candidate) => candidate.url === url);
    if (!tab) throw new Error(`No tab shows ${url}: ${tabs.map((each) => each.url).join(', ')}`);
    return tab.id;
  }

  async dispose(): Promise<void> {
    await this.browser.close();
  }

  async #send(type: 'getStatus' | 'clearCache'): Promise<unknown> {
    const page = await this.#page();
    // The envelope of @webext-core/messaging, which the bare page does not load.
    const answer = await page.evaluate(
      (message) => (globalThis as unknown as ExtensionGlobal).chrome.runtime.sendMessage(message),
      { id: 0, type, data: undefined, timestamp: Date.now() },
    );
    if (answer?.err) throw new Error(`${type} failed: ${JSON.stringify(answer.err)}`);
    if (!answer) throw new Error(`${type}: the background did not answer`);
    return answer.res;
  }

  async #nextReportChange(timeoutMs: number): Promise<void> {
    const page = await this.#page();
    await page.evaluate((limitMs) => {
      const { onChanged } = (globalThis as unknown as ExtensionGlobal).chrome.storage.session;
      return new Promise<void>((resolve) => {
        // A method, since tsx puts a helper that the page lacks around functions kept in a variable.
        const once = {
          changed() {
            onChanged.removeListener(once.changed);
            resolve();
          },
        };
        onChanged.addListener(once.changed);
        setTimeout(once.changed, limitMs);
      });
    }, timeoutMs);
  }

  /** A page of the extension without code of its own, opened once. */
  #page(): Promise<Page> {
    this.#extensionPage ??= this.#openExtensionPage('manifest.json');
    return this.#extensionPage;
  }

  async #openExtensionPage(path: string): Promise<Page> {
    if (this.extensionOrigin === null) throw new Error('This browser runs without the extension');
    const url = `${this.extensionOrigin}/${path}`;
    const page = await this.browser.newPage();
    if (this.name === 'chromium') {
      await page.goto(url);
      return page;
    }
    // Firefox does go there but never reports it over BiDi: look at the document instead.
    page.goto(url).catch(() => null);
    const deadline = Date.now() + 15_000;
    for (;;) {
      // Fails while the tab moves to the process of the extensions.
      const state = await page
        .evaluate(() => `${document.readyState} ${location.href}`)
        .catch((error: unknown) => String(error));
      if (state === `complete ${url}`) return page;
      if (Date.now() > deadline) throw new Error(`Firefox did not open ${url}: ${state}`);
      await delay(50);
    }
  }
}

/** What is used of the WebExtension API inside an extension page; `chrome` has it in both browsers. */
interface ExtensionGlobal {
  chrome: {
    storage: {
      local: StorageArea;
      session: StorageArea & {
        onChanged: Record<'addListener' | 'removeListener', (listener: () => void) => void>;
      };
    };
    declarativeNetRequest: { getSessionRules(): Promise<unknown[]> };
    windows: {
      create(options: object): Promise<{ id: number }>;
      remove(id: number): Promise<void>;
    };
    tabs: { query(filter: object): Promise<{ id: number; url?: string }[]> };
    runtime: {
      sendMessage(message: object): Promise<{ res?: unknown; err?: unknown } | undefined>;
    };
  };
}

interface StorageArea {
  get(key: string | null): Promise<Record<string, unknown>>;
  set(items: object): Promise<void>;
  clear(): Promise<void>;
}
