// In a private window images are made sharp as well, and nothing of it stays: no result, no bytes in the HTTP
// cache, no mark of the site, no report after the window.
import { launchBrowser } from '../../scripts/browser/launch-browser';
import { expect, test as base } from './test';

const test = base.extend<{ privately: Awaited<ReturnType<typeof launchBrowser>> }>({
  privately: async ({ browserName, server }, use) => {
    const browser = await launchBrowser({
      name: browserName,
      proxy: server.proxy,
      privateWindows: true,
    });
    await use(browser);
    await browser.dispose();
  },
});

// Extensions that a driver has loaded do not come back from the switch on chrome://extensions that would let
// them in; there, the unit tests of partition and fetch-image stand for it.
test.skip(({ browserName }) => browserName === 'chromium', 'no way found into incognito windows');

const image = 'http://images.example/images/valley.jpg?private=1';
const html = `<!doctype html><img src="${image}" width="640">`;

test('a private window leaves nothing behind', async ({ privately, server }) => {
  server.addPage('/private', html);
  const window = await privately.openPrivateWindow('http://shop.example/private');
  const isSharp = async () => {
    const frames = Object.values(await privately.tabReportOf(window.tabId));
    return frames.flatMap(({ images }) => images.map(({ state }) => state.kind));
  };
  await expect.poll(isSharp).toEqual(['upscaled']);
  expect(server.requestsFor('/images/valley.jpg')).toHaveLength(2);

  expect((await privately.getStatus()).cache).toEqual({ entries: 0, bytes: 0 });
  await privately.closeWindow(window.windowId);
  await expect.poll(() => privately.sessionKeys()).not.toContain(`report:${window.tabId}`);
  expect(await privately.sessionKeys()).not.toContain('fetchedBefore');
  // Had the background left the bytes in the HTTP cache, they would be found there.
  expect(await privately.fetchFromCache(image)).toBe(200);
  expect(server.requestsFor('/images/valley.jpg')).toHaveLength(3);
});

test('and finds nothing of what other windows left', async ({ privately, server }) => {
  server.addPage('/private', html);
  const page = await privately.open('http://shop.example/private');
  await privately.waitForReports(page, (all) => all.some(({ state }) => state.kind === 'upscaled'));
  expect((await privately.getStatus()).cache.entries).toBe(1);
  const { tabId } = await privately.openPrivateWindow('http://shop.example/private');
  const states = async () =>
    Object.values(await privately.tabReportOf(tabId)).flatMap(({ images }) =>
      images.map(({ state }) => state.kind === 'upscaled' && state.fromCache),
    );
  await expect.poll(states).toEqual([false]);
  expect(server.requestsFor('/images/valley.jpg')).toHaveLength(4);
});
