// What is left alone, and why; and what a change of the strength does to images that are sharp already.
import type { ImageReport } from '../../src/messages';
import type { SkipReason } from '../../src/reasons';
import { expect, test } from './test';

const cases: Record<string, SkipReason> = {
  'qr-code.png': 'code',
  'bar-code.png': 'code',
  'pixel-art.png': 'pixel-art',
  'icons.png': 'sprite-sheet',
  'pinwheel.gif': 'animated',
};
const good = 'valley-200.jpg';

const wide = (name: string) => `<img src="/images/${name}" style="width: 700px; display: block">`;
const stateOf = (images: ImageReport[], name: string) =>
  images.find(({ url }) => url.endsWith(`/images/${name}`))?.state;
const isSettled = (images: ImageReport[], names: string[]) =>
  names.every((name) => !['waiting', undefined].includes(stateOf(images, name)?.kind));

test('codes, pixel art, sprite sheets and animations stay as they are', async ({
  upres,
  server,
  open,
}) => {
  const names = [...Object.keys(cases), good];
  server.addPage('/left', `<!doctype html><body style="zoom: 0.4">${names.map(wide).join('')}`);
  const page = await open('http://shop.example/left', { width: 700, height: 2400 });
  const images = await upres.waitForReports(page, (all) => isSettled(all, names));
  for (const [name, reason] of Object.entries(cases)) {
    expect.soft(stateOf(images, name), name).toEqual({ kind: 'skipped', reason });
  }
  expect(stateOf(images, good)).toMatchObject({ kind: 'upscaled', content: 'photo' });
});

test('one icon of a sheet that many share', async ({ upres, server, open }) => {
  server.addPage(
    '/sprite',
    `<!doctype html>${wide(good)}<div style="width: 40px; height: 40px;
      background: url(/images/valley-640.jpg) -100px -80px"></div>`,
  );
  const page = await open('http://shop.example/sprite');
  const names = [good, 'valley-640.jpg'];
  const images = await upres.waitForReports(page, (all) => isSettled(all, names));
  expect(stateOf(images, 'valley-640.jpg')).toEqual({ kind: 'skipped', reason: 'sprite-sheet' });
});

test('a part of a page can ask to be left alone', async ({ upres, server, open }) => {
  server.addPage(
    '/part',
    `<!doctype html>${wide(good)}<div data-upres="off">${wide('fruit.jpg')}
      <p data-upres="on">${wide('pebbles-64.jpg')}</p></div>`,
  );
  const part = await open('http://shop.example/part', { height: 2400 });
  const names = [good, 'fruit.jpg', 'pebbles-64.jpg'];
  const images = await upres.waitForReports(part, (all) => isSettled(all, names));
  expect(stateOf(images, 'fruit.jpg')).toEqual({ kind: 'skipped', reason: 'opted-out' });
  expect(stateOf(images, good)?.kind).toBe('upscaled');
  expect(stateOf(images, 'pebbles-64.jpg')?.kind).toBe('upscaled');
});

test('a page can ask to be left alone', async ({ upres, server, open }) => {
  server.addPage('/all', `<!doctype html><meta name="upres" content="off">${wide(good)}`);
  const whole = await open('http://shop.example/all');
  const left = await upres.waitForReports(whole, (all) => isSettled(all, [good]));
  expect(stateOf(left, good)).toEqual({ kind: 'skipped', reason: 'opted-out' });
});

test('another strength asks for the images again', async ({ upres, server, open }) => {
  server.addPage('/strength', `<!doctype html>${wide(good)}`);
  const page = await open('http://shop.example/strength');
  const isUpscaled = (all: ImageReport[]) => stateOf(all, good)?.kind === 'upscaled';
  const bytesOf = (images: ImageReport[]) => {
    const state = stateOf(images, good);
    return state?.kind === 'upscaled' ? state.resultBytes : 0;
  };
  const full = bytesOf(await upres.waitForReports(page, isUpscaled));
  await upres.setSetting('strength', 0);
  // Without the model's detail it takes fewer bytes.
  const none = await upres.waitForReports(page, (all) => isUpscaled(all) && bytesOf(all) !== full);
  expect(bytesOf(none)).toBeLessThan(full);
});
