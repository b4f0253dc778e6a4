// A small image gets sharp in place, and the extension asks nobody but the page's own hosts.
import { expect, test } from './test';
import { waitFor } from '../../scripts/browser/wait-for';

const small = (url: string) =>
  `<!doctype html><title>small</title><body style="margin:0"><img id="it" src="${url}" width="320">`;

test('a small image is sharp, and looks the same to the page', async ({ upres, server, open }) => {
  server.addPage('/small', small('/images/valley.jpg'));
  const page = await open('http://shop.example/small');
  const [image] = await upres.waitForReports(page, (images) =>
    images.some(({ state }) => state.kind === 'upscaled'),
  );
  expect(image).toMatchObject({ naturalWidth: 320, shownWidth: 640, state: { scale: 2 } });
  await waitFor(page, () => document.querySelector('img')?.currentSrc.startsWith('blob:'), []);
  const seen = await page.evaluate(() => {
    const it = document.querySelector('img');
    return it && [it.getAttribute('src'), it.naturalWidth, it.width, it.height];
  });
  expect(seen?.slice(0, 3)).toEqual(['/images/valley.jpg', 320, 320]);
});

test('nothing is asked of a host that the page does not use', async ({ upres, server, open }) => {
  server.addPage('/two-hosts', small('http://images.example/images/valley.jpg'));
  const page = await open('http://shop.example/two-hosts');
  await upres.waitForReports(page, (images) =>
    images.some(({ state }) => state.kind === 'upscaled'),
  );
  const hosts = new Set(server.requests.map(({ host }) => host));
  expect([...hosts].sort()).toEqual(['images.example', 'shop.example']);
});
