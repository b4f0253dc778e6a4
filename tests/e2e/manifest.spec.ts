// What the built extension may do, and that a page finds nothing of it to load.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { builtExtension } from '../../scripts/browser/launch-browser';
import { expect, test } from './test';

// Each is explained in README.md. One more is a decision, not an accident.
const permissions = {
  chromium: ['declarativeNetRequestWithHostAccess', 'offscreen', 'storage', 'unlimitedStorage'],
  firefox: ['declarativeNetRequestWithHostAccess', 'storage', 'unlimitedStorage'],
};

test('asks for these permissions and no others, and opens nothing to pages', ({ browserName }) => {
  const file = resolve(builtExtension(browserName), 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  expect((manifest.permissions as string[]).toSorted()).toEqual(permissions[browserName]);
  expect(manifest.host_permissions).toEqual(['<all_urls>']);
  for (const key of [
    'web_accessible_resources',
    'externally_connectable',
    'optional_permissions',
    'optional_host_permissions',
  ]) {
    expect(manifest, key).not.toHaveProperty(key);
  }
  const { extension_pages: policy } = manifest.content_security_policy as Record<string, string>;
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
  expect(policy).not.toMatch(/'unsafe-eval'|https?:/);
});

test('a page can load no file of the extension, and hears no answer from it', async ({
  upres,
  server,
  open,
}) => {
  server.addPage('/probe', '<!doctype html><title>probe</title>');
  const page = await open('http://shop.example/probe');
  const found = await page.evaluate(async (origin) => {
    const loads = (name: string, url: string) =>
      new Promise<string | null>((settle) => {
        const element = document.createElement(name);
        element.addEventListener('load', () => settle(`${name} ${url}`));
        element.addEventListener('error', () => settle(null));
        element.setAttribute(name === 'link' ? 'href' : 'src', url);
        if (name === 'link') element.setAttribute('rel', 'stylesheet');
        document.head.append(element);
      });
    const fetches = (url: string) =>
      fetch(url).then(
        () => `fetch ${url}`,
        () => null,
      );
    const files = ['manifest.json', 'icon/128.png', 'popup.html', 'models/tiny-x2/card.json'];
    const tries = files.flatMap((file) => {
      const url = `${origin}/${file}`;
      return [fetches(url), loads('img', url), loads('script', url), loads('link', url)];
    });
    return (await Promise.all(tries)).filter((each) => each !== null);
  }, upres.extensionOrigin);
  expect(found).toEqual([]);
});
