// Images that are broken, tiny, enormous or not images at all: the page stays as it was, the reason is kept,
// and the good image beside them is still made sharp.
import type { Page } from 'puppeteer-core';
import sharp from 'sharp';
import type { ImageReport } from '../../src/messages';
import type { FailReason, SkipReason } from '../../src/reasons';
import { expect, test } from './test';

// The images' host belongs to the page's site, so the page's request carries its cookie and ours must not.
const host = 'http://images.shop.example';

interface Case {
  src: string;
  reason: SkipReason | FailReason;
}

const cases: Record<string, Case> = {
  'a log-in page under an image type': { src: '/bad/html.jpg', reason: 'not-loaded' },
  'a missing file': { src: '/bad/missing.jpg', reason: 'not-loaded' },
  'noise after a good header': { src: '/bad/corrupt.png', reason: 'not-loaded' },
  'a hundred scans': { src: '/bad/scans.jpg', reason: 'too-costly' },
  'one pixel': { src: '/bad/1x1.png', reason: 'too-small' },
  'one line of pixels': { src: '/bad/20000x1.png', reason: 'too-small' },
  'only with a cookie': {
    src: `${host}/images/valley.jpg?cookie=required&nostore=1`,
    reason: 'credentials-needed',
  },
  'a log-in page to those without a cookie': {
    src: `${host}/images/valley.jpg?cookie=html&nostore=1`,
    reason: 'not-an-image',
  },
};

const good = '/images/valley-200.jpg';

const pageHtml = `<!doctype html><title>bad images</title>
<style>body { margin: 0 } img { display: block; width: 300px; height: 80px }</style>
${Object.values(cases)
  .map(({ src }) => `<img class="bad" src="${src}">`)
  .join('')}
<img class="good" src="${good}" loading="eager">`;

/** Everything of the bad images that a page or a person can see. */
async function lookOf(page: Page) {
  const images = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLImageElement>('img.bad')].map((image) => {
      const { naturalWidth, naturalHeight, currentSrc, outerHTML } = image;
      return { naturalWidth, naturalHeight, currentSrc, outerHTML };
    }),
  );
  const height = 80 * images.length;
  return { images, picture: await page.screenshot({ clip: { x: 0, y: 0, width: 300, height } }) };
}

const stateOf = (images: ImageReport[], src: string) =>
  images.find(({ url }) => url === new URL(src, 'http://shop.example').href)?.state;

test('bad images stay as they were, and the good one is made sharp', async ({
  upres,
  server,
  open,
}) => {
  server.addPage('/bad', pageHtml, { 'set-cookie': 'session=1; Domain=shop.example' });
  await upres.setSetting('enabled', false);
  const page = await open('http://shop.example/bad', { height: 1000 });
  const before = await lookOf(page);

  await upres.setSetting('enabled', true);
  const images = await upres.waitForReports(
    page,
    (all) =>
      stateOf(all, good)?.kind === 'upscaled' &&
      Object.values(cases).every(
        ({ src }) => !['waiting', undefined].includes(stateOf(all, src)?.kind),
      ),
  );

  for (const [name, { src, reason }] of Object.entries(cases)) {
    const state = stateOf(images, src);
    const told = state && 'reason' in state ? state.reason : null;
    expect.soft(told, name).toBe(reason);
  }
  const after = await lookOf(page);
  expect(after.images).toEqual(before.images);
  expect(Buffer.compare(after.picture, before.picture), 'the picture of the page').toBe(0);
  expect((await upres.getStatus()).queued).toBe(0);
});

test('what the page may not load, the extension does not ask for', async ({
  upres,
  server,
  open,
}) => {
  server.addPage(
    '/redirected',
    `<!doctype html><img src="http://cdn.example/images/valley.jpg?redirect=http://images.example${good}"
      width="300"><img src="${good}" width="300">`,
    { 'content-security-policy': "img-src 'self' http://cdn.example" },
  );
  const page = await open('http://shop.example/redirected');
  await upres.waitForReports(page, (all) => stateOf(all, good)?.kind === 'upscaled');
  expect(server.requests.map(({ host: asked }) => asked)).not.toContain('images.example');
});

/** Mean difference of two screenshots in levels of 255. */
async function difference(before: Uint8Array, after: Uint8Array): Promise<number> {
  const pixels = await sharp(before)
    .composite([{ input: Buffer.from(after), blend: 'difference' }])
    .removeAlpha()
    .raw()
    .toBuffer();
  return pixels.reduce((sum, level) => sum + level, 0) / pixels.length;
}

// Chromium's decoder for workers refuses it, Firefox's gives what there is of it.
test('half a JPEG shows no more and no less than before', async ({ upres, server, open }) => {
  const half = '/bad/truncated.jpg';
  server.addPage(
    '/half',
    `<!doctype html><body style="background: #fc0"><img src="${half}" width="400">`,
  );
  await upres.setSetting('enabled', false);
  const page = await open('http://shop.example/half', { width: 440, height: 300 });
  const before = await page.screenshot();
  await upres.setSetting('enabled', true);
  const settled = ['failed', 'upscaled'];
  const images = await upres.waitForReports(page, (all) =>
    settled.includes(stateOf(all, half)?.kind ?? 'unseen'),
  );
  const state = stateOf(images, half);
  if (state?.kind === 'failed') expect(state.reason).toBe('decode-failed');
  expect(await difference(before, await page.screenshot())).toBeLessThan(6);
});
