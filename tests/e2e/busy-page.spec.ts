// A page of 200 images, all in view: every one that should be is made sharp, and the rest left alone. How long
// the content script worked at a stretch is reported, not judged: it depends on the machine.
import type { ImageReport } from '../../src/messages';
import { expect, test } from './test';

const count = 200;
const shouldBeSharp = (index: number) => index % 4 !== 3;

/** Each image has its own URL; three of four want twice their pixels, the fourth has enough. */
const html = `<!doctype html><title>busy</title>
<style>body { margin: 0; font-size: 0 } img { display: inline-block; height: 48px }</style>
${Array.from({ length: count }, (_, i) => {
  const size = shouldBeSharp(i) ? 48 : 16;
  return `<img src="/images/pebbles-64.jpg?image=${i}" width="${size}" style="height:${size}px">`;
}).join('')}`;

const indexOf = ({ url }: ImageReport) => Number(new URL(url).searchParams.get('image'));
const isSettled = ({ state }: ImageReport) => state.kind !== 'waiting';

test('200 images on one page', async ({ upres, server, open }, info) => {
  server.addPage('/busy', html);
  const page = await open('http://shop.example/busy', { width: 1000, height: 900 });
  const images = await upres.waitForReports(
    page,
    (all) => all.length === count && all.every(isSettled),
    100_000,
  );
  for (const image of images) {
    const expected = shouldBeSharp(indexOf(image)) ? 'upscaled' : 'skipped';
    expect(image.state.kind, `${image.url} ${JSON.stringify(image.state)}`).toBe(expected);
  }
  expect(new Set(images.map(indexOf)).size).toBe(count);

  const [frame] = Object.values(await upres.tabReport(page));
  const description = `${frame?.longestTaskMs.toFixed(1)} ms`;
  info.annotations.push({ type: 'longest content-script task', description });
  console.log(`longest content-script task with ${count} images: ${description}`);
});

test('2000 elements, a hundred of them with a background', async ({
  upres,
  server,
  open,
}, info) => {
  const boxes = Array.from({ length: 1000 }, (_, i) =>
    i % 10 === 0 ? '<div class="box picture"><i></i></div>' : '<div class="box"><i></i></div>',
  );
  server.addPage(
    '/styles',
    `<!doctype html><title>styles</title><style>
    .box { display: inline-block; width: 24px; height: 24px } i::before { content: '·' }
    .picture { width: 48px; height: 48px; background: url(/images/pebbles-64.jpg) 0 0/48px }</style>${boxes.join('')}`,
  );
  const page = await open('http://shop.example/styles', { width: 1000, height: 900 });
  await upres.waitForReports(
    page,
    (all) => all.length === 100 && all.every(({ state }) => state.kind === 'upscaled'),
  );
  const [frame] = Object.values(await upres.tabReport(page));
  const description = `${frame?.longestTaskMs.toFixed(1)} ms`;
  info.annotations.push({ type: 'longest content-script task', description });
  console.log(`longest content-script task with 2000 elements: ${description}`);
});
