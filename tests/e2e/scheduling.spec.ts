// Work follows the user: what nobody looks at waits, what has gone is taken back, what comes into view goes first.
import type { ExtensionBrowser } from '../../scripts/browser/extension-browser';
import { expect, test } from './test';

/** The page gets it; whoever asks again, which is the background, waits until the gate opens. */
const held = (name: string, i = 0) =>
  `http://images.example/images/valley-200.jpg?nostore=1&image=${i}&hold-again=${name}`;
const pageOf = (...urls: string[]) =>
  `<!doctype html><style>body { margin: 0 } img { display: block; width: 200px; height: 130px }</style>
  ${urls.map((url) => `<img src="${url}">`).join('')}`;

const isWorking = (upres: ExtensionBrowser) =>
  expect.poll(async () => (await upres.getStatus()).queued).toBeGreaterThan(0);
const isIdle = (upres: ExtensionBrowser) =>
  expect.poll(async () => (await upres.getStatus()).queued).toBe(0);

test('a page that nobody looks at asks for nothing', async ({ upres, server, open }) => {
  // The first request already waits: the image arrives when the page is hidden.
  const url = 'http://images.example/images/valley-200.jpg?nostore=1&hold=late';
  server.addPage('/hidden', pageOf(url));
  server.addPage('/front', pageOf('/images/valley.jpg'));
  const hidden = await open('http://shop.example/hidden', { waitUntil: 'domcontentloaded' });
  const front = await open('http://shop.example/front');
  expect(await hidden.evaluate(() => document.hidden)).toBe(true);
  server.release('late');
  await hidden.evaluate(() => document.images[0]?.decode());
  await upres.waitForReports(front, (all) => all.some(({ state }) => state.kind === 'upscaled'));
  expect(server.requestsFor('/images/valley-200.jpg')).toHaveLength(1);

  await hidden.bringToFront();
  await upres.waitForReports(hidden, (all) => all.some(({ state }) => state.kind === 'upscaled'));
});

test('what waits is taken back when the page is hidden, and asked for again', async ({
  upres,
  server,
  open,
}) => {
  server.addPage('/waiting', pageOf(held('waiting')));
  server.addPage('/front', '<!doctype html>front');
  const page = await open('http://shop.example/waiting');
  await isWorking(upres);
  await open('http://shop.example/front');
  await isIdle(upres);
  server.release('waiting');
  await page.bringToFront();
  await upres.waitForReports(page, (all) => all.some(({ state }) => state.kind === 'upscaled'));
});

test('going on and coming back', async ({ upres, server, open }) => {
  server.addPage('/first', pageOf(held('first')));
  server.addPage('/next', '<!doctype html>next');
  const page = await open('http://shop.example/first');
  const tabId = await upres.tabId(page);
  await isWorking(upres);
  await page.goto('http://shop.example/next');
  await isIdle(upres);
  server.release('first');
  // Puppeteer waits for a load event, which Firefox does not fire for a page that it has kept.
  await page.evaluate(() => void setTimeout(() => history.back()));
  const states = async () =>
    Object.values(await upres.tabReportOf(tabId)).flatMap(({ images }) =>
      images.map(({ state }) => state.kind),
    );
  await expect.poll(states).toEqual(['upscaled']);
});

test('closing a tab ends its work', async ({ upres, server }) => {
  server.addPage('/closed', pageOf(held('closed')));
  const page = await upres.open('http://shop.example/closed');
  await isWorking(upres);
  await page.close();
  await isIdle(upres);
});

test('what is scrolled into view overtakes what waited before it', async ({
  upres,
  server,
  open,
}) => {
  // Six images fill the view and the next six are near. Four are fetched at a time.
  server.addPage('/scrolled', pageOf(...Array.from({ length: 12 }, (_, i) => held('order', i))));
  const page = await open('http://shop.example/scrolled', { width: 400, height: 780 });
  const asked = () => {
    const images = server.requestsFor('/images/valley-200.jpg').map(({ path }) => path);
    // Each is asked for by the page first.
    return images.filter((path, i) => images.indexOf(path) !== i).map((path) => imageOf(path));
  };
  await upres.waitForReports(page, (all) => all.length === 12);
  await expect.poll(asked).toHaveLength(4);
  // The last four come into view whole, the first ones go.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        scrollTo(0, 1040 - 260);
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );
  await upres.getStatus();
  server.release('order');
  await upres.waitForReports(page, (all) => all.every(({ state }) => state.kind === 'upscaled'));
  const later = asked().slice(4);
  expect(Math.min(...later.slice(0, 2))).toBeGreaterThanOrEqual(6);
});

const imageOf = (path: string) => Number(new URLSearchParams(path.split('?')[1]).get('image'));

test('a page that has had its time is told so, and goes on later', async ({
  upres,
  server,
  open,
}) => {
  server.addPage('/budget', pageOf('/images/valley-200.jpg', '/images/pebbles.jpg'));
  await upres.setSetting('pageBudgetMs', 1);
  const page = await open('http://shop.example/budget', { height: 300 });
  const images = await upres.waitForReports(
    page,
    (all) => all.length === 2 && all.every(({ state }) => state.kind !== 'waiting'),
  );
  expect(images.map(({ state }) => ('reason' in state ? state.reason : state.kind)).sort()).toEqual(
    ['time-budget-used', 'upscaled'],
  );
  await upres.setSetting('pageBudgetMs', 60_000);
  await page.setViewport({ width: 1000, height: 320, deviceScaleFactor: 1.9 });
  await upres.waitForReports(page, (all) => all.every(({ state }) => state.kind === 'upscaled'));
});
