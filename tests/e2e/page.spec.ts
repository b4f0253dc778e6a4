// What a page can notice of a swap: nothing but the pixels. The same in both browsers.
import type { Page } from 'puppeteer-core';
import type { ImageReport } from '../../src/messages';
import { waitFor } from '../../scripts/browser/wait-for';
import { expect, test } from './test';

/** Notes every load and error event of an image, from the first script of the page on. */
const eventLog = `<script>
  window.heard = [];
  const hear = (event) => {
    if (event.target instanceof HTMLImageElement) heard.push(event.type + ' ' + event.target.id);
  };
  for (const type of ['load', 'error']) document.addEventListener(type, hear, true);
</script>`;

const pageOf = (body: string) =>
  `<!doctype html><title>page</title><style>body { margin: 0 } img { display: block }</style>${eventLog}${body}`;

/** One of each way to put an image into a page; all want more pixels at 1000 pixels, DPR 2. */
const everyKind = {
  plain: '<img id="plain" src="/images/valley.jpg" width="320" alt="x">',
  natural: '<img id="natural" src="/images/valley-200.jpg">',
  'sizes-alone': '<img id="sizes-alone" sizes="10px" src="/images/valley-200.jpg">',
  density:
    '<img id="density" src="/images/valley-200.jpg" width="400" ' +
    'srcset="/images/valley-200.jpg 1x, /images/valley.jpg 2x">',
  width:
    '<img id="width" src="/images/valley-200.jpg" sizes="45vw" ' +
    'srcset="/images/valley-200.jpg 200w, /images/valley.jpg 320w">',
  picture:
    '<picture><source media="(min-width: 5000px)" srcset="/images/valley-200.jpg">' +
    '<source type="image/webp" srcset="/images/valley.webp" width="320" height="200">' +
    '<img id="picture" src="/images/valley.jpg" style="width: 500px; height: auto"></picture>',
  'picture-img':
    '<picture><source media="(min-width: 5000px)" srcset="/images/valley.webp">' +
    '<img id="picture-img" src="/images/valley.jpg" width="400"></picture>',
  fit: '<img id="fit" src="/images/valley.jpg" style="width: 300px; height: 300px; object-fit: cover">',
};
const kinds = Object.keys(everyKind);

/** What scripts of the page can see of each image. */
const look = (page: Page) =>
  page.evaluate(() =>
    [...document.images].map((image) => {
      const { x, y, width, height } = image.getBoundingClientRect();
      return {
        id: image.id,
        src: image.src,
        natural: [image.naturalWidth, image.naturalHeight],
        box: [x, y, width, height],
        complete: image.complete,
      };
    }),
  );

const html = (page: Page) => page.evaluate(() => document.body.innerHTML);
const heard = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);

const showsBlob = (page: Page, id: string) =>
  waitFor(
    page,
    (name) => {
      const image = document.getElementById(name) as HTMLImageElement | null;
      return image?.complete && image.currentSrc.startsWith('blob:');
    },
    [id],
  );

const upscaled = (count: number) => (images: ImageReport[]) =>
  images.filter(({ state }) => state.kind === 'upscaled').length >= count;

test('every kind of image keeps what the page sees, and comes back exactly', async ({
  upres,
  server,
  open,
}) => {
  await upres.setSetting('enabled', false);
  server.addPage('/kinds', pageOf(Object.values(everyKind).join('\n')));
  const page = await open('http://shop.example/kinds', { height: 3000 });
  const before = { seen: await look(page), html: await html(page), heard: await heard(page) };
  expect(before.heard.toSorted()).toEqual(kinds.map((id) => `load ${id}`).toSorted());

  await upres.setSetting('enabled', true);
  await upres.waitForReports(page, upscaled(kinds.length));
  for (const id of kinds) await showsBlob(page, id);
  expect(await look(page)).toEqual(before.seen);

  await upres.setSetting('enabled', false);
  await waitFor(page, () => !document.body.innerHTML.includes('blob:'), []);
  expect(await html(page)).toBe(before.html);
  await settled(page);
  expect(await look(page)).toEqual(before.seen);

  await upres.setSetting('enabled', true);
  for (const id of kinds) await showsBlob(page, id);
  expect(await look(page)).toEqual(before.seen);
  expect(await heard(page)).toEqual(before.heard);
});

test('the page wins when it changes an image', async ({ upres, server, open }) => {
  server.addPage('/changing', pageOf(everyKind.plain + everyKind.density + everyKind.picture));
  const page = await open('http://shop.example/changing', { height: 2000 });
  await upres.waitForReports(page, upscaled(3));
  for (const id of ['plain', 'density', 'picture']) await showsBlob(page, id);

  // Images that need nothing: what the page asks for has to stay.
  await page.evaluate(() => {
    const byId = (id: string) => document.getElementById(id) as HTMLImageElement;
    byId('plain').src = '/images/valley-large.jpg';
    byId('density').srcset = '/images/valley-large.jpg 1x';
    const source = byId('picture').parentElement?.querySelector('source[type]');
    source?.setAttribute('srcset', '/images/valley-large.jpg');
    source?.removeAttribute('type');
  });
  await waitFor(
    page,
    () =>
      [...document.images].every(
        ({ currentSrc, complete }) => complete && currentSrc.endsWith('/valley-large.jpg'),
      ),
    [],
  );
  await upres.waitForReports(page, (images) =>
    images.every(({ state }) => state.kind === 'skipped' && state.reason === 'sharp-enough'),
  );
  expect(await html(page)).not.toContain('blob:');
  const attributes = await page.evaluate(() =>
    ['plain', 'density'].map((id) => [
      document.getElementById(id)?.getAttribute('srcset'),
      document.getElementById(id)?.getAttribute('sizes'),
    ]),
  );
  expect(attributes).toEqual([
    [null, null],
    ['/images/valley-large.jpg 1x', null],
  ]);
  // Each of these is the page's own.
  expect((await heard(page)).toSorted()).toEqual(
    ['plain', 'density', 'picture'].flatMap((id) => [`load ${id}`, `load ${id}`]).toSorted(),
  );
});

test('a changed image is decided on anew', async ({ upres, server, open }) => {
  server.addPage('/next', pageOf(everyKind.plain));
  const page = await open('http://shop.example/next');
  await upres.waitForReports(page, upscaled(1));
  await showsBlob(page, 'plain');
  await page.evaluate(() => {
    (document.getElementById('plain') as HTMLImageElement).src = '/images/valley-200.jpg';
  });
  await upres.waitForReports(page, (images) =>
    images.some(({ url, state }) => url.endsWith('-200.jpg') && state.kind === 'upscaled'),
  );
  await showsBlob(page, 'plain');
  expect((await look(page))[0]?.natural[0]).toBe(200);
});

test('an image that grows gets more', async ({ upres, server, open }) => {
  const responsive =
    '<img id="responsive" src="/images/valley.jpg" sizes="15vw" style="width: 30vw" ' +
    'srcset="/images/valley.jpg 320w, /images/valley-640.jpg 640w">';
  server.addPage('/growing', pageOf(everyKind.plain + responsive));
  const page = await open('http://shop.example/growing', { width: 800, height: 1200 });
  await upres.waitForReports(page, upscaled(2));
  for (const id of ['plain', 'responsive']) await showsBlob(page, id);
  const before = { html: await html(page), heard: await heard(page) };

  await page.evaluate(() => {
    (document.getElementById('plain') as HTMLImageElement).width = 800;
  });
  await page.setViewport({ width: 1600, height: 1200, deviceScaleFactor: 2 });
  const reports = await upres.waitForReports(
    page,
    (images) =>
      images.some(({ state }) => state.kind === 'upscaled' && state.scale === 4) &&
      images.some(({ url, state }) => url.endsWith('-640.jpg') && state.kind === 'upscaled'),
  );
  for (const id of ['plain', 'responsive']) await showsBlob(page, id);
  expect(reports).toHaveLength(2);
  const seen = await look(page);
  expect(seen.map(({ natural }) => natural[0])).toEqual([320, 240]);
  // Only what the browser itself chose for the larger window is heard of.
  expect((await heard(page)).slice(before.heard.length)).toEqual(['load responsive']);
  expect(await html(page)).not.toBe(before.html);
});

test('late, lazy and shadowed images are found', async ({ upres, server, open }) => {
  const far = '<div style="height: 6000px"></div>';
  const lazy = '<img id="lazy" loading="lazy" src="/images/valley-200.jpg" width="200">';
  server.addPage('/late', pageOf(`<div id="host"></div>${far}${lazy}`));
  const page = await open('http://shop.example/late');
  await page.evaluate(() => {
    const image = Object.assign(new Image(320), { id: 'late', src: '/images/valley.jpg' });
    document.body.prepend(image);
    const host = document.createElement('div');
    host.attachShadow({ mode: 'open' }).innerHTML = '<img src="/images/valley.webp" width="320">';
    document.body.prepend(host);
  });
  await upres.waitForReports(page, upscaled(2));
  await showsBlob(page, 'late');
  expect(server.requestsFor('/images/valley-200.jpg')).toEqual([]);

  await page.evaluate(() => document.getElementById('lazy')?.scrollIntoView());
  await showsBlob(page, 'lazy');
  expect((await look(page)).find(({ id }) => id === 'lazy')?.natural[0]).toBe(200);
});

test('frames are pages too', async ({ upres, server, open }) => {
  // Frames of another site can have the device's own pixel ratio, 1.
  const inner = '<img id="inner" src="/images/valley.jpg" width="640">';
  server.addPage('/inner', pageOf(inner));
  server.addPage(
    '/outer',
    pageOf(
      '<iframe id="other" src="http://other.example/inner" width="700" height="500"></iframe>' +
        '<iframe id="blank" width="700" height="500"></iframe>' +
        `<script>document.getElementById('blank').contentDocument.body.innerHTML = ${JSON.stringify(inner)}</script>` +
        '<iframe id="written" width="700" height="500"></iframe>' +
        `<script>
          const written = document.getElementById('written').contentDocument;
          written.open();
          written.write(${JSON.stringify(inner.replace('valley', 'pebbles-320'))});
          written.close();
        </script>`,
    ),
  );
  const page = await open('http://shop.example/outer', { height: 1600 });
  await upres.waitForReports(page, upscaled(3));
});

test('a strict policy of the page is no obstacle', async ({ upres, server, open }) => {
  const policy = { 'content-security-policy': "default-src 'none'; img-src 'self'" };
  const body = everyKind.plain + everyKind.picture.replace(/ style="[^"]*"/, ' width="500"');
  server.addPage('/strict', `<!doctype html><title>strict</title>${body}`, policy);
  const page = await open('http://shop.example/strict');
  await upres.waitForReports(page, upscaled(2));
  for (const id of ['plain', 'picture']) await showsBlob(page, id);
});

test('an image of another origin is fetched without cookies, and only once more', async ({
  upres,
  server,
  open,
}) => {
  const url = 'http://images.shop.example/images/valley.jpg?cross=1';
  server.addPage('/cookie', 'x', { 'set-cookie': 'secret=1' });
  await open('http://images.shop.example/cookie');
  server.addPage('/cross', pageOf(`<img id="cross" src="${url}" width="320">`));
  const page = await open('http://shop.example/cross');
  await upres.waitForReports(page, upscaled(1));
  await showsBlob(page, 'cross');
  const requests = server.requestsFor('/images/valley.jpg');
  expect(requests.map(({ cookies }) => cookies)).toEqual(['secret=1', '']);
});

// Not in the browser's cache by an earlier test; and what the server lets nobody keep is counted.
for (const [query, requests] of [
  ['same=1', 1],
  ['same=1&nostore=1', 2],
] as const) {
  test(`an image of the page itself (${query}) is loaded ${requests}x`, async ({
    upres,
    server,
    open,
  }) => {
    server.addPage('/same', pageOf(everyKind.plain.replace('.jpg', `.jpg?${query}`)));
    const page = await open('http://shop.example/same');
    await upres.waitForReports(page, upscaled(1));
    expect(server.requestsFor('/images/valley.jpg')).toHaveLength(requests);
    const [frame] = Object.values(await upres.tabReport(page));
    expect(frame?.fetchedBytes ?? -1).toBe(requests === 1 ? 0 : 10_810);
  });
}

test('images that only the page can read are read by the page’s own rights', async ({
  browserName,
  upres,
  server,
  open,
}) => {
  const cors = 'http://images.example/images/valley.jpg?cors=1&only-once=1';
  const script = `<script>
    (async () => {
      const blob = await (await fetch('/images/valley.webp')).blob();
      document.getElementById('blob').src = URL.createObjectURL(blob);
      const reader = new FileReader();
      reader.onload = () => (document.getElementById('data').src = reader.result);
      reader.readAsDataURL(blob);
    })();
  </script>`;
  const images =
    `<img id="cors" crossorigin="anonymous" src="${cors}" width="320">` +
    '<img id="blob" width="320"><img id="data" width="320">';
  server.addPage('/rights', pageOf(images + script));
  const page = await open('http://shop.example/rights', { height: 1200 });
  const reports = await upres.waitForReports(page, upscaled(3));
  for (const id of ['cors', 'blob', 'data']) {
    await waitFor(page, (name) => document.images.namedItem(name)?.srcset.startsWith('blob:'), [
      id,
    ]);
  }
  // One with CORS counts as loaded again in both browsers.
  const fetched = reports.filter(
    ({ state }) => state.kind === 'upscaled' && state.fetchedBytes > 0,
  );
  expect(fetched.map(({ url }) => url)).toEqual([cors]);
  // Firefox does not find an image loaded with CORS in its cache when a script asks for it.
  const requests = browserName === 'firefox' ? 2 : 1;
  expect(reports.map(({ url }) => url)).toContain('data:image/webp');
  expect(server.requestsFor('/images/valley.jpg')).toHaveLength(requests);
});

test('a redirect leads to nothing that the page could not read', async ({
  upres,
  server,
  open,
}) => {
  server.addPage('/cookie', 'x', { 'set-cookie': 'secret=1' });
  await open('http://images.shop.example/cookie');
  const target = 'http://images.shop.example/images/valley.jpg?cookie=required';
  const url = `/images/valley.jpg?redirect=${encodeURIComponent(target)}`;
  server.addPage('/redirect', pageOf(`<img id="it" src="${url}" width="320">`));
  const page = await open('http://shop.example/redirect');
  const [report] = await upres.waitForReports(page, (images) =>
    images.some(({ state }) => state.kind !== 'waiting'),
  );
  // The page itself shows it, since its own request carried the cookie.
  expect(report?.naturalWidth).toBe(320);
  expect(['skipped', 'failed']).toContain(report?.state.kind);
  expect(await html(page)).not.toContain('blob:');
});

test('what is edited or hidden stays as it is', async ({ upres, server, open }) => {
  const hidden =
    '<img id="hidden" src="/images/valley.jpg" width="320" style="visibility: hidden">';
  server.addPage(
    '/left',
    pageOf(`<div contenteditable>${everyKind.natural}</div>${hidden}${everyKind.plain}`),
  );
  const page = await open('http://shop.example/left', { height: 1200 });
  await upres.waitForReports(page, upscaled(1));
  await showsBlob(page, 'plain');
  const reports = await upres.waitForReports(page, (images) => images.length === 2);
  expect(reports.map(({ state }) => state.kind === 'skipped' && state.reason).toSorted()).toEqual([
    false,
    'not-shown',
  ]);
  expect(
    await page.evaluate(() => document.getElementById('natural')?.hasAttribute('srcset')),
  ).toBe(false);
});

test('the page hears no message of ours', async ({ upres, server, open }) => {
  const log = `<script>
    window.messages = [];
    addEventListener('message', ({ data }) => messages.push(data));
  </script>`;
  server.addPage('/messages', pageOf(log + everyKind.plain));
  const page = await open('http://shop.example/messages');
  await upres.waitForReports(page, upscaled(1));
  const seen = await page.evaluate(() => [
    (globalThis as unknown as { messages: unknown[] }).messages,
    document.documentElement.getAttributeNames(),
  ]);
  expect(seen).toEqual([[], []]);
});

test('a copy of a swapped image gets the page’s own attributes', async ({
  upres,
  server,
  open,
}) => {
  server.addPage('/copy', pageOf(everyKind.plain));
  const page = await open('http://shop.example/copy');
  await upres.waitForReports(page, upscaled(1));
  await showsBlob(page, 'plain');
  await page.evaluate(() => {
    const copy = document.getElementById('plain')?.cloneNode() as HTMLImageElement;
    copy.id = 'copy';
    document.body.append(copy);
    document.getElementById('plain')?.remove();
  });
  await showsBlob(page, 'copy');
  await upres.setSetting('enabled', false);
  await waitFor(page, () => !document.body.innerHTML.includes('blob:'), []);
  expect(await html(page)).toContain(
    '<img id="copy" src="/images/valley.jpg" width="320" alt="x">',
  );
});

/** The browser has taken in what was changed: two frames, and every image decoded. */
const settled = (page: Page) =>
  page.evaluate(async () => {
    await Promise.all([...document.images].map((image) => image.decode()));
    for (let frame = 0; frame < 2; frame++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
