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
  // By an engine of ours: those of tfjs step in only where ours fail.
  const backend = expect.stringMatching(/^(wasm|webgl|webgpu)$/);
  expect(image).toMatchObject({ naturalWidth: 320, shownWidth: 640, state: { scale: 2, backend } });
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

test('for a public page, the extension asks nothing of the own machine', async ({
  upres,
  server,
  open,
}) => {
  // Only the page itself asks; what it gets without CORS it may not read, and neither may we for it.
  const local = `${server.origin}/images/valley.jpg?nostore=1`;
  server.addPage('/local', small(local));
  const page = await open('http://shop.example/local');
  const images = await upres.waitForReports(page, (all) =>
    all.some(({ state }) => state.kind !== 'waiting'),
  );
  expect(images[0]?.state).toEqual({ kind: 'skipped', reason: 'private-network' });
  expect(server.requestsFor('/images/valley.jpg')).toHaveLength(1);
});

test('a cross-origin image is fetched without cookies', async ({ upres, server, open }) => {
  server.addPage('/cookies', small('http://images.shop.example/images/valley.jpg?nostore=1'), {
    'set-cookie': 'session=1; Domain=shop.example',
  });
  const page = await open('http://shop.example/cookies');
  await upres.waitForReports(page, (images) =>
    images.some(({ state }) => state.kind === 'upscaled'),
  );
  const cookies = server.requestsFor('/images/valley.jpg').map((request) => request.cookies);
  expect(cookies).toEqual(['session=1', '']);
});
