// However a file encodes its pixels, the sharp picture has the colours and the orientation of the one it replaces.
import sharp from 'sharp';
import type { Page } from 'puppeteer-core';
import { encodingNames } from '../fixtures/images/encodings';
import { waitFor } from '../../scripts/browser/wait-for';
import { expect, test } from './test';

/** Of each image in CSS pixels; the orientations 5 to 8 stand on their side in it. */
const cell = { width: 120, height: 120 };
const columns = 6;

const html = `<!doctype html><title>encodings</title>
<style>
  body { margin: 0; background: #777; line-height: 0; width: ${cell.width * columns}px }
  img { width: ${cell.width}px; height: ${cell.height}px; object-fit: contain }
</style>
${encodingNames.map((name) => `<img src="/encodings/${name}">`).join('')}`;

/** Levels of 255, of the mean colour over squares of this many device pixels. A profile left out makes 40 or more. */
const tolerance = 8;
const square = 24;

/** Each image as the page shows it, averaged over squares: sharpness goes, colours and places stay. */
async function look(page: Page): Promise<Map<string, Buffer>> {
  const rows = Math.ceil(encodingNames.length / columns);
  const clip = { x: 0, y: 0, width: cell.width * columns, height: cell.height * rows };
  const shot = await page.screenshot({ clip });
  const scale = ((await sharp(shot).metadata()).width ?? 0) / clip.width;
  const side = cell.width * scale;
  const looks = encodingNames.map(async (name, i) => {
    const area = {
      left: Math.round((i % columns) * side),
      top: Math.round(Math.floor(i / columns) * side),
      width: Math.round(side),
      height: Math.round(side),
    };
    const small = Math.round(side / square);
    const averaged = sharp(shot)
      .extract(area)
      .removeAlpha()
      .resize(small, small, { kernel: 'cubic' });
    return [name, await averaged.raw().toBuffer()] as const;
  });
  return new Map(await Promise.all(looks));
}

test('every encoding looks the same, sharper', async ({ upres, server, open }, info) => {
  server.addPage('/encodings', html);
  await upres.setSetting('enabled', false);
  const page = await open('http://shop.example/encodings', { width: 800, height: 700 });
  const before = await look(page);

  await upres.setSetting('enabled', true);
  const images = await upres.waitForReports(
    page,
    (all) =>
      all.length === encodingNames.length && all.every(({ state }) => state.kind !== 'waiting'),
  );
  for (const { url, state } of images) {
    expect.soft(state.kind, `${url} ${JSON.stringify(state)}`).toBe('upscaled');
  }
  await waitFor(
    page,
    () => [...document.images].every(({ currentSrc }) => currentSrc.startsWith('blob:')),
    [],
  );
  await page.screenshot({ path: info.outputPath('after.png') });
  const after = await look(page);
  for (const name of encodingNames) {
    const [was, is] = [before.get(name), after.get(name)];
    if (!was || !is) throw new Error(name);
    const difference = Math.max(...was.map((level, i) => Math.abs(level - (is[i] ?? 0))));
    console.log(`${name}: ${difference} levels`);
    expect.soft(difference, name).toBeLessThanOrEqual(tolerance);
  }
});

test('what the page shows unturned stays as it is', async ({ upres, server, open }) => {
  server.addPage(
    '/unturned',
    `<!doctype html><img style="image-orientation: none" src="/encodings/orientation-6.jpg" width="240">`,
  );
  const page = await open('http://shop.example/unturned');
  const [image] = await upres.waitForReports(page, (all) =>
    all.some(({ state }) => state.kind !== 'waiting'),
  );
  expect(image?.state).toEqual({ kind: 'skipped', reason: 'orientation-ignored' });
});
