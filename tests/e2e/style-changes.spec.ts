// The page's own style always wins: a background that changes under our picture is the page's at once.
import type { Page } from 'puppeteer-core';
import { waitFor } from '../../scripts/browser/wait-for';
import type { ImageReport } from '../../src/messages';
import { expect, test } from './test';

const small = 'url(/images/valley-200.jpg)';
const other = 'url(/images/valley-large.jpg)';
const pageOf = (css: string, body: string) =>
  `<!doctype html><title>styles</title><style>body { margin: 0 }
  .box { width: 200px; height: 125px; background: ${small} 0 0/cover } ${css}</style>${body}`;
const upscaled = (count: number) => (images: ImageReport[]) =>
  images.filter(({ state }) => state.kind === 'upscaled').length >= count;

/** The background that the next frame paints. */
const background = (page: Page, id: string) =>
  page.evaluate(async (name) => {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return getComputedStyle(document.getElementById(name) as Element).backgroundImage;
  }, id);
const showsOurs = (page: Page, id: string) =>
  waitFor(
    page,
    (name) =>
      getComputedStyle(document.getElementById(name) as Element).backgroundImage.includes('blob:'),
    [id],
  );

test('the page’s change of a background is seen in the next frame', async ({
  upres,
  server,
  open,
}) => {
  const css = `.dark .box, .box.other { background-image: ${other} }`;
  const boxes = ['own', 'class', 'around']
    .map((id) => `<div class="box" id="${id}"></div>`)
    .join('');
  server.addPage('/changes', pageOf(css, boxes));
  const page = await open('http://shop.example/changes');
  await upres.waitForReports(page, upscaled(3));
  for (const id of ['own', 'class', 'around']) await showsOurs(page, id);

  await page.evaluate((image) => {
    (document.getElementById('own') as HTMLElement).style.backgroundImage = image;
    document.getElementById('class')?.classList.add('other');
  }, other);
  expect(await background(page, 'own')).toContain('valley-large.jpg');
  expect(await background(page, 'class')).toContain('valley-large.jpg');
  await page.evaluate(() => document.body.classList.add('dark'));
  expect(await background(page, 'around')).toContain('valley-large.jpg');

  await page.evaluate(() => {
    document.body.classList.remove('dark');
    document.getElementById('own')?.removeAttribute('style');
    document.getElementById('class')?.classList.remove('other');
  });
  for (const id of ['own', 'class', 'around']) await showsOurs(page, id);
  // What does not touch the image leaves it.
  await page.evaluate(() => document.getElementById('own')?.style.setProperty('opacity', '0.9'));
  expect(await background(page, 'own')).toContain('blob:');
});

test('a background that changes under the pointer does so', async ({ upres, server, open }) => {
  server.addPage(
    '/hover',
    pageOf(
      `a:hover .box { background-image: ${other} }`,
      '<a href="#x"><div class="box" id="box"></div></a>',
    ),
  );
  const page = await open('http://shop.example/hover');
  await upres.waitForReports(page, upscaled(1));
  await showsOurs(page, 'box');
  await page.mouse.move(50, 50);
  expect(await background(page, 'box')).toContain('valley-large.jpg');
  await page.mouse.move(50, 500);
  await showsOurs(page, 'box');
});

test('styles that come late are found', async ({ server, open }) => {
  server.addPage('/late.css', `.late { width: 200px; height: 125px; background: ${small} }`, {
    'content-type': 'text/css',
  });
  const body = '<div class="late" id="sheet"></div><div id="class"></div><div id="inline"></div>';
  server.addPage('/styles', pageOf('#inline { width: 200px; height: 125px }', body));
  const page = await open('http://shop.example/styles');
  await page.evaluate(() => {
    const link = Object.assign(document.createElement('link'), {
      rel: 'stylesheet',
      href: '/late.css',
    });
    document.head.append(link);
  });
  await showsOurs(page, 'sheet');
  await page.evaluate((image) => {
    (document.getElementById('class') as Element).className = 'box';
    (document.getElementById('inline') as HTMLElement).style.backgroundImage = image;
  }, small);
  await showsOurs(page, 'class');
  await showsOurs(page, 'inline');
});

test('a copy of an element with our picture is the page’s own', async ({ upres, server, open }) => {
  server.addPage('/copy', pageOf('', '<div class="box" id="box"></div>'));
  const page = await open('http://shop.example/copy');
  await upres.waitForReports(page, upscaled(1));
  await showsOurs(page, 'box');
  await page.evaluate(() => {
    const copy = document.getElementById('box')?.cloneNode() as Element;
    copy.id = 'copy';
    document.body.append(copy);
  });
  await showsOurs(page, 'copy');
  await upres.setSetting('enabled', false);
  await waitFor(page, () => !/data-[0-9a-f]{16}/.test(document.body.innerHTML), []);
});
