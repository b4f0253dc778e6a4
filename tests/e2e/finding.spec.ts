// Where images can hide: shadow trees of all kinds, frames of all kinds, documents that are an image.
import type { ImageReport } from '../../src/messages';
import { waitFor } from '../../scripts/browser/wait-for';
import { expect, test } from './test';

const image = '<img src="/images/valley-200.jpg" width="200">';
const background =
  '<div style="width: 200px; height: 125px; background: url(/images/valley-200.jpg)"></div>';
const upscaled = (images: ImageReport[]) => images.filter(({ state }) => state.kind === 'upscaled');

test('closed shadow roots, and those that come with a late definition', async ({
  upres,
  server,
  open,
}) => {
  const script = `<script>
    const fill = (host, mode) => (host.attachShadow({ mode }).innerHTML = ${JSON.stringify(image + background)});
    fill(document.getElementById('closed'), 'closed');
    window.later = () => customElements.define('late-one', class extends HTMLElement {
      connectedCallback() { fill(this, 'closed'); }
    });
  </script>`;
  server.addPage(
    '/shadows',
    `<!doctype html><title>shadows</title><div id="closed"></div><late-one></late-one>
    <div><template shadowrootmode="closed">${image}${background}</template></div>${script}`,
  );
  const page = await open('http://shop.example/shadows', { height: 1200 });
  await upres.waitForReports(page, (images) => upscaled(images).length === 4);
  await page.evaluate(() => (globalThis as unknown as { later(): void }).later());
  await upres.waitForReports(page, (images) => upscaled(images).length === 6);
});

test('frames of a document that is written down in the page', async ({ upres, server, open }) => {
  const inner = (image + background).replaceAll('/images', 'http://shop.example/images');
  server.addPage(
    '/frames',
    `<!doctype html><title>frames</title>
    <iframe width="400" height="300" srcdoc='${inner}'></iframe>
    <iframe width="400" height="300" id="blob"></iframe>
    <script>
      const blob = new Blob([${JSON.stringify(inner)}], { type: 'text/html' });
      document.getElementById('blob').src = URL.createObjectURL(blob);
    </script>`,
  );
  const page = await open('http://shop.example/frames', { height: 1200 });
  await upres.waitForReports(page, (images) => upscaled(images).length === 4);
});

test('a picture that is opened by itself', async ({ upres, open }) => {
  const page = await open('http://shop.example/images/valley.jpg');
  await upres.waitForReports(page, (images) => upscaled(images).length === 1);
  await waitFor(page, () => document.images[0]?.currentSrc.startsWith('blob:'), []);
  const seen = await page.evaluate(() => {
    const { src, naturalWidth, width } = document.images[0] as HTMLImageElement;
    return { src, naturalWidth, width };
  });
  expect(seen).toEqual({
    src: 'http://shop.example/images/valley.jpg',
    naturalWidth: 320,
    width: 320,
  });
});

test('what is scrolled far away gives its picture back, and gets it again', async ({
  upres,
  server,
  open,
}) => {
  const limits = {
    minRatio: 1.2,
    minSide: 24,
    maxInputPixels: 1_000_000,
    maxOutputPixels: 8_000_000,
    maxSourceBytes: 8 * 2 ** 20,
    maxKeptPixels: 0,
  };
  await upres.setSetting('limits', limits);
  const far = '<div style="height: 6000px"></div>';
  server.addPage(
    '/far',
    `<!doctype html><title>far</title>
    <img id="image" src="/images/valley.jpg" width="320"><div id="box"
      style="width: 320px; height: 200px; background: url(/images/valley.jpg)"></div>${far}`,
  );
  const page = await open('http://shop.example/far');
  const isSwapped = (swapped: boolean) =>
    waitFor(
      page,
      (wanted) => {
        const { currentSrc, complete } = document.getElementById('image') as HTMLImageElement;
        const box = document.getElementById('box') as HTMLElement;
        const { backgroundImage } = getComputedStyle(box);
        return (
          complete &&
          currentSrc.startsWith('blob:') === wanted &&
          backgroundImage.includes('blob:') === wanted
        );
      },
      [swapped],
    );
  await isSwapped(true);
  await page.evaluate(() => scrollTo(0, 5000));
  await isSwapped(false);
  await page.evaluate(() => scrollTo(0, 0));
  await isSwapped(true);
  await upres.waitForReports(
    page,
    (all) => all.filter(({ state }) => state.kind === 'upscaled' && state.fromCache).length === 2,
  );
});
