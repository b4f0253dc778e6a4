// Tiles run on workers: of an offscreen document in Chromium, of the event page in Firefox.
import type { Page } from 'puppeteer-core';
import { waitFor } from '../../scripts/browser/wait-for';
import type { ExtensionBrowser } from '../../scripts/browser/extension-browser';
import { expect, test } from './test';

const html = '<!doctype html><title>large</title><img src="/images/pebbles-512.jpg" width="512">';

test.beforeEach(async ({ upres, server }) => {
  await upres.setSetting('threads', 2);
  for (const path of ['/first', '/second']) server.addPage(path, html);
});

/** The same image is made, not taken from the cache. */
async function makeImage(
  upres: ExtensionBrowser,
  open: (url: string) => Promise<Page>,
  path: string,
): Promise<void> {
  await upres.clearCache();
  const page = await open(`http://shop.example${path}`);
  const [image] = await upres.waitForReports(page, (images) =>
    images.some(({ state }) => state.kind === 'upscaled'),
  );
  expect(image?.state).toMatchObject({ width: 1024, height: 1024, fromCache: false });
}

const workers = async (upres: ExtensionBrowser) => (await upres.getStatus()).workers;

/** Chromium's offscreen document; its workers can be seen from outside, Firefox' cannot. */
const documents = ({ browser }: ExtensionBrowser) =>
  browser.targets().filter((target) => target.url().endsWith('/workers.html'));

test('a large image is made by several workers, which end when idle', async ({ upres, open }) => {
  await makeImage(upres, open, '/first');
  // The last of them may still be starting when the image is finished.
  await expect.poll(() => workers(upres)).toBe(2);
  await makeImage(upres, open, '/second');
  expect(await workers(upres)).toBe(2);
  await expect.poll(() => workers(upres), { timeout: 60_000 }).toBe(0);
  expect(documents(upres)).toHaveLength(0);
});

test('the popup says what runs, and the wish for a tier is obeyed', async ({ upres, open }) => {
  await upres.setSetting('tier', 'tiny');
  await makeImage(upres, open, '/first');
  const { choice, models } = await upres.getStatus();
  expect(choice).toEqual({ tier: 'tiny', model: 'tiny-x2', reason: { kind: 'wanted' } });
  expect(models.map(({ name }) => name)).toContain('tiny-x2');
  const page = await open('http://shop.example/second');
  const popup = await upres.openPopup(page);
  const status = await waitFor(
    popup,
    () => document.querySelector<HTMLElement>('.status details')?.parentElement?.innerText,
    [],
  );
  expect(status).toMatch(/Runs on [a-z-]+ with 2 threads/);
  expect(status).toContain('Model: tiny, as you chose');
  await popup.close();
});

test('a background that starts anew leaves no workers behind', async ({ upres, open }) => {
  await makeImage(upres, open, '/first');
  await expect.poll(() => workers(upres)).toBe(2);
  await upres.restartBackground();
  await expect.poll(() => documents(upres)).toHaveLength(0);
  await makeImage(upres, open, '/second');
  await expect.poll(() => workers(upres)).toBe(2);
  expect(documents(upres)).toHaveLength(upres.name === 'chromium' ? 1 : 0);
});

test('a worker that is killed is replaced', async ({ upres, open }) => {
  test.skip(upres.name === 'firefox', 'no way to a worker of the event page from outside');
  await makeImage(upres, open, '/first');
  await expect.poll(() => workers(upres)).toBe(2);
  const [document] = documents(upres);
  const page = await document?.asPage();
  await page?.workers()[0]?.close();
  await expect.poll(() => workers(upres)).toBe(1);
  await makeImage(upres, open, '/second');
  await expect.poll(() => workers(upres)).toBe(2);
});
