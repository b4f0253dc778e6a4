// The popup: what it says of a page, and its switches, which put the page back at once.
import type { Page } from 'puppeteer-core';
import { waitFor } from '../../scripts/browser/wait-for';
import type { ExtensionBrowser } from '../../scripts/browser/extension-browser';
import { expect, test } from './test';

const html = `<!doctype html><title>shop</title><style>img { display: block }</style>
<img id="small" src="/images/valley.jpg" width="320">
<img id="dot" src="/bad/1x1.png"><img id="turning" src="/images/pinwheel.gif" width="300">`;

const isSharp = (page: Page) =>
  waitFor(page, () => document.querySelector('img')?.currentSrc.startsWith('blob:'), []);
const isBack = (page: Page) =>
  waitFor(page, () => document.querySelector('img')?.currentSrc.endsWith('/valley.jpg'), []);

const lookOf = (page: Page) =>
  page.evaluate(() => [document.body.innerHTML, document.querySelector('img')?.naturalWidth]);

async function openBoth(
  upres: ExtensionBrowser,
  open: (url: string) => Promise<Page>,
): Promise<{ page: Page; popup: Page }> {
  const page = await open('http://shop.example/shop');
  await isSharp(page);
  return { page, popup: await upres.openPopup(page) };
}

/** A switch of the popup, by the start of its label. */
async function flip(popup: Page, label: string): Promise<void> {
  await waitFor(popup, (name) => document.querySelector(`[role=switch][aria-label^="${name}"]`), [
    label,
  ]);
  await popup.evaluate(
    (name) => document.querySelector<HTMLElement>(`[role=switch][aria-label^="${name}"]`)?.click(),
    label,
  );
}

test.beforeEach(({ server }) => {
  server.addPage('/shop', html);
});

test('says what became of each image, and why', async ({ upres, open }) => {
  const { popup } = await openBoth(upres, open);
  const rows = await waitFor(popup, () => {
    const of = (kind: string) =>
      [...document.querySelectorAll(`[data-kind=${kind}] li`)].map((row) => row.textContent);
    const found = { upscaled: of('upscaled'), skipped: of('skipped') };
    return found.upscaled.length === 1 && found.skipped.length === 2 ? found : null;
  }, []);
  expect(rows?.upscaled[0]).toContain('valley.jpg');
  expect(rows?.skipped.join('\n')).toContain('1x1.png');
  expect(rows?.skipped.join('\n')).toMatch(/pinwheel\.gif.*animat/i);
  await popup.close();
});

test('the main switch puts the page back, and on again', async ({ upres, open }) => {
  await upres.setSetting('enabled', false);
  const original = await open('http://shop.example/shop');
  const before = await lookOf(original);
  await upres.setSetting('enabled', true);
  await isSharp(original);
  const popup = await upres.openPopup(original);

  await flip(popup, 'Make images sharp');
  await isBack(original);
  expect(await lookOf(original)).toEqual(before);

  await flip(popup, 'Make images sharp');
  await isSharp(original);
  await popup.close();
});

test('the site switch is for this site alone', async ({ upres, open }) => {
  const { page, popup } = await openBoth(upres, open);
  const elsewhere = await open('http://other.example/shop');
  await isSharp(elsewhere);

  await page.bringToFront();
  await flip(popup, 'On this site');
  await isBack(page);
  expect(await upres.getSetting('siteRules')).toEqual({ 'shop.example': 'off' });
  await elsewhere.bringToFront();
  await isSharp(elsewhere);
  await popup.close();
});
