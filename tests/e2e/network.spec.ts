// All that a browser with the extension asks the network for, from its start on, by the record of the proxy that
// it goes through: loopback addresses and tunnels included.
import { FixtureServer } from '../fixtures/server';
import { launchBrowser, type BrowserName } from '../../scripts/browser/launch-browser';
import { expect, test } from './test';

const html = `<!doctype html><title>network</title>
<link rel="icon" href="data:,"><img src="/images/valley.jpg" width="320">
<img src="http://images.example/images/fruit.jpg" width="400">
<img src="https://secure.example/images/city.jpg" width="400">`;

/** Host names in the record after a visit, `name` with the extension or without. */
async function hostsAsked(name: BrowserName, withExtension: boolean): Promise<string[]> {
  const server = await FixtureServer.start();
  server.addPage('/network', html);
  const browser = await launchBrowser({
    name,
    proxy: server.proxy,
    proxyLoopback: true,
    ...(withExtension ? {} : { extensionDir: null }),
  });
  try {
    const page = await browser.open('http://shop.example/network');
    if (withExtension) {
      await browser.waitForReports(
        page,
        (all) => all.filter(({ state }) => state.kind === 'upscaled').length === 2,
      );
      await browser.openPopup(page);
      await browser.getStatus();
    }
    return [...new Set(server.requests.map(({ host }) => host))];
  } finally {
    await browser.dispose();
    await server.dispose();
  }
}

test('nobody is asked but the hosts of the page', async ({ browserName }) => {
  const pageHosts = ['shop.example', 'images.example', 'secure.example'];
  // The browser itself may ask its maker; what it asks without the extension is not ours.
  const without = await hostsAsked(browserName, false);
  const withExtension = await hostsAsked(browserName, true);
  expect(without).toEqual(expect.arrayContaining(pageHosts));
  const known = new Set([...pageHosts, ...without]);
  expect(withExtension.filter((host) => !known.has(host))).toEqual([]);
  expect(withExtension).toEqual(expect.arrayContaining(pageHosts));
});
