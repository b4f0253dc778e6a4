// Starts Chromium or Firefox with the built extension in it. Puppeteer drives both with one API (CDP
// for Chromium, WebDriver BiDi for Firefox), so tests and demo are written once.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from 'playwright';
import puppeteer, { type Browser } from 'puppeteer-core';
import { findChromium, findFirefox } from '../find-browser.mjs';
import { ExtensionBrowser } from './extension-browser';

export type BrowserName = 'chromium' | 'firefox';

export interface LaunchOptions {
  name: BrowserName;
  headless?: boolean;
  /** `host:port` of an HTTP proxy for everything that is not on the loopback. */
  proxy?: string;
  /** The proxy is for the loopback too. */
  proxyLoopback?: boolean;
  /** The extension also runs in private windows; in Firefox only, Chromium gives that switch to no driver. */
  privateWindows?: boolean;
  /** Folder of the built extension; null starts a plain browser. */
  extensionDir?: string | null;
}

/** UPRES_OUTPUT names another folder of builds than WXT's own, e.g. unpacked release archives. */
export const builtExtension = (name: BrowserName) =>
  resolve(
    process.env.UPRES_OUTPUT ?? '.output',
    name === 'chromium' ? 'chrome-mv3' : 'firefox-mv3',
  );

// Firefox makes up a new origin for an add-on in each profile; this pins it, so that its pages have a URL.
const firefoxAddonId = 'upres@upres.example';
const firefoxUuid = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';

export async function launchBrowser(options: LaunchOptions): Promise<ExtensionBrowser> {
  const dir =
    options.extensionDir === undefined ? builtExtension(options.name) : options.extensionDir;
  if (dir !== null && !existsSync(resolve(dir, 'manifest.json'))) {
    throw new Error(`No built extension in ${dir}: run \`npm run build\` first.`);
  }
  return options.name === 'chromium' ? launchChromium(options, dir) : launchFirefox(options, dir);
}

async function launchChromium(options: LaunchOptions, dir: string | null) {
  const browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath: findChromium() ?? chromium.executablePath(),
    headless: options.headless ?? true,
    pipe: true,
    ...(dir === null ? {} : { enableExtensions: [dir] }),
    defaultViewport: null,
    args: [
      // Chromium's sandbox does not start as root (containers, CI).
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(options.proxy ? [`--proxy-server=${options.proxy}`] : []),
      ...(options.proxyLoopback ? ['--proxy-bypass-list=<-loopback>'] : []),
      // It would ask Google whether someone is signed in.
      '--gaia-url=http://127.0.0.1:9/',
      '--hide-scrollbars',
      '--window-size=1280,900',
    ],
  });
  return closingOnFailure(browser, async () => {
    const origin = dir === null ? null : await chromiumExtensionOrigin(browser);
    return new ExtensionBrowser(
      options.name,
      browser,
      origin,
      () => stopServiceWorker(browser),
      () => clearChromiumCache(browser),
    );
  });
}

async function chromiumExtensionOrigin(browser: Browser): Promise<string> {
  const worker = await browser.waitForTarget((target) => target.type() === 'service_worker');
  // Node knows no origin for this scheme.
  return `chrome-extension://${new URL(worker.url()).host}`;
}

/** The same as Chromium does itself after 30 s without events. */
async function stopServiceWorker(browser: Browser): Promise<void> {
  // The last: one that has been stopped before may still be listed.
  const target = browser.targets().findLast((candidate) => candidate.type() === 'service_worker');
  const worker = await target?.worker();
  // With the worker its session may end before it is detached; then that is done already.
  await worker?.close().catch((error: unknown) => {
    if (!String(error).includes('No session with given id')) throw error;
  });
}

async function clearChromiumCache(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  const session = await page.createCDPSession();
  await session.send('Network.clearBrowserCache');
  await page.close();
}

async function launchFirefox(options: LaunchOptions, dir: string | null) {
  const executablePath = findFirefox();
  if (!executablePath) throw new Error('No Firefox found: install it or set UPRES_FIREFOX.');
  const [proxyHost, proxyPort] = options.proxy?.split(':') ?? [];
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: options.headless ?? true,
    defaultViewport: null,
    // Lets the tests stop the event page from the browser's own window.
    args: ['--remote-allow-system-access', '--width=1280', '--height=900'],
    // Without it a release build ignores services.settings.server and asks Mozilla's.
    env: { ...process.env, MOZ_REMOTE_SETTINGS_DEVTOOLS: '1' },
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [firefoxAddonId]: firefoxUuid }),
      // Shows manifest.json as plain text, a page of the extension without any code of its own.
      'devtools.jsonview.enabled': false,
      ...quietFirefox,
      ...(proxyHost && proxyPort
        ? {
            'network.proxy.type': 1,
            'network.proxy.http': proxyHost,
            'network.proxy.http_port': Number(proxyPort),
            'network.proxy.ssl': proxyHost,
            'network.proxy.ssl_port': Number(proxyPort),
            'network.proxy.allow_hijacking_localhost': options.proxyLoopback ?? false,
          }
        : {}),
    },
  });
  return closingOnFailure(browser, async () => {
    if (dir !== null) await installAddon(browser, dir, options.privateWindows ?? false);
    return new ExtensionBrowser(
      options.name,
      browser,
      dir === null ? null : `moz-extension://${firefoxUuid}`,
      () => stopEventPage(browser),
      () => clearFirefoxCaches(browser),
    );
  });
}

// What Firefox asks the network for by itself; a test holds the log of the proxy against the page's hosts.
const quietFirefox = {
  'services.settings.server': 'data:,',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'browser.safebrowsing.update.enabled': false,
  'app.normandy.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'dom.push.connection.enabled': false,
  'browser.topsites.contile.enabled': false,
  'browser.region.network.url': '',
  'media.gmp-manager.updateEnabled': false,
};

/** Puppeteer's own call does not know private windows. */
async function installAddon(
  browser: Browser,
  path: string,
  inPrivateWindows: boolean,
): Promise<void> {
  const { connection } = browser as unknown as { connection: BidiConnection };
  await connection.send('webExtension.install', {
    extensionData: { type: 'path', path },
    'moz:allowPrivateBrowsing': inPrivateWindows,
  });
}

const stopEventPage = (browser: Browser) =>
  inChromeWindow(
    browser,
    `WebExtensionPolicy.getByID('${firefoxAddonId}').extension.terminateBackground()`,
  );

const clearFirefoxCaches = (browser: Browser) =>
  inChromeWindow(
    browser,
    `Services.cache2.clear();
    Cc['@mozilla.org/image/tools;1'].getService(Ci.imgITools).getImgCacheForDocument(null).clearCache()`,
  );

/** Runs a script of the browser's own; Puppeteer's BiDi connection reaches its window by a Firefox extra. */
async function inChromeWindow(browser: Browser, expression: string): Promise<void> {
  const { connection } = browser as unknown as { connection: BidiConnection };
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const window = tree.result.contexts?.find(({ url }) => url.endsWith('/browser.xhtml'));
  if (!window) throw new Error('Firefox shows no chrome window over BiDi');
  const { result } = await connection.send('script.evaluate', {
    expression,
    awaitPromise: true,
    target: { context: window.context },
  });
  if (result.type === 'exception') throw new Error(`Firefox: ${JSON.stringify(result)}`);
}

interface BidiConnection {
  send(
    method: string,
    params: Record<string, unknown>,
  ): Promise<{ result: { type?: string; contexts?: { context: string; url: string }[] } }>;
}

async function closingOnFailure<T>(browser: Browser, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    await browser.close();
    throw error;
  }
}
