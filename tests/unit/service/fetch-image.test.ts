import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { forgetLoaded } from '../../../src/service/fetched-before';
import { fetchImage, type FetchOptions } from '../../../src/service/fetch-image';
import { origin } from './origins';

const requests: { url: string | undefined; headers: Record<string, unknown> }[] = [];
let base = '';

const answer: RequestListener = (request, response) => {
  requests.push({ url: request.url, headers: request.headers });
  const url = new URL(request.url ?? '/', base);
  switch (url.pathname) {
    case '/image':
      response.end('0123456789');
      break;
    case '/status':
      response.writeHead(Number(url.search.slice(1))).end('no');
      break;
    case '/redirect':
      response.writeHead(302, { location: url.search.slice(1) }).end();
      break;
    case '/endless': {
      // Without a length, until the reader goes away.
      const write = () => {
        while (response.write('x'.repeat(1000)));
      };
      response.on('drain', write);
      write();
      break;
    }
    case '/silent':
      response.flushHeaders();
      break;
  }
};
const server = createServer(answer);

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const signal = new AbortController().signal;
const here = origin({
  topSite: '127.0.0.1',
  frameHost: '127.0.0.1',
  frameOrigin: 'http://127.0.0.1',
});
const local: FetchOptions = {
  origin: here,
  referrer: 'none',
  maxBytes: 10,
  timeoutMs: 60_000,
  signal,
};
const at = (frameHost: string): FetchOptions => ({ ...local, origin: origin({ frameHost }) });

beforeEach(() => {
  fakeBrowser.reset();
  forgetLoaded();
  requests.length = 0;
});

describe('fetchImage', () => {
  it('reads the body, and says nothing of the user or the page', async () => {
    const fetched = await fetchImage(`${base}/image`, local);
    const bytes = new TextEncoder().encode('0123456789');
    expect(fetched).toEqual({ kind: 'fetched', bytes, fetchedBytes: 10 });
    expect(requests[0]?.headers).not.toHaveProperty('referer');
    expect(requests[0]?.headers).not.toHaveProperty('cookie');
  });

  it.each([
    [
      'a stated length over the ceiling',
      '/image',
      { maxBytes: 9 },
      { kind: 'skipped', reason: 'too-large' },
    ],
    ['an endless body', '/endless', {}, { kind: 'skipped', reason: 'too-large' }],
    ['401', '/status?401', {}, { kind: 'skipped', reason: 'credentials-needed' }],
    ['403', '/status?403', {}, { kind: 'skipped', reason: 'credentials-needed' }],
    ['404', '/status?404', {}, { kind: 'failed', detail: 'HTTP 404' }],
    ['500', '/status?500', {}, { kind: 'failed', detail: 'HTTP 500' }],
    ['no answer in time', '/silent', { timeoutMs: 1 }, { kind: 'failed' }],
  ])('%s', async (_name, path, change, expected) => {
    expect(await fetchImage(base + path, { ...local, ...change })).toMatchObject(expected);
  });

  it.each([
    ['a public page', 'shop.example'],
    ['a page without a host', ''],
  ])('does not go into the private network for %s', async (_name, pageHost) => {
    const refused = await fetchImage(`${base}/image`, at(pageHost));
    expect(refused).toEqual({ kind: 'skipped', reason: 'private-network', fetchedBytes: 0 });
    expect(requests).toEqual([]);
  });

  it.each([
    ['file:///etc/passwd', { kind: 'failed', detail: 'file: is not fetched' }],
    ['data:image/png,x', { kind: 'failed', detail: 'data: is not fetched' }],
    ['blob:https://a.example/1', { kind: 'failed', detail: 'blob: is not fetched' }],
    [
      'chrome-extension://id/card.json',
      { kind: 'failed', detail: 'chrome-extension: is not fetched' },
    ],
    ['//no-scheme', { kind: 'failed', detail: 'not a URL' }],
    ['http://user:word@shop.example/', { kind: 'skipped', reason: 'credentials-needed' }],
    ['http://[::1]/', { kind: 'skipped', reason: 'private-network' }],
    ['http://2130706433/', { kind: 'skipped', reason: 'private-network' }],
  ])('does not fetch %s', async (url, expected) => {
    expect(await fetchImage(url, at('shop.example'))).toEqual({ ...expected, fetchedBytes: 0 });
  });

  it('counts what came, also of what is too large', async () => {
    const answer = await fetchImage(`${base}/endless`, local);
    expect(answer.fetchedBytes).toBeGreaterThan(10);
  });

  /** The cache modes of fetches one after the other, each for a document of its own. */
  const modesFor = async (
    ...changes: [Partial<FetchOptions['origin']>, FetchOptions['referrer']?][]
  ) => {
    const fetching = vi.spyOn(globalThis, 'fetch');
    for (const [change, referrer = 'none'] of changes) {
      await fetchImage(`${base}/image`, { ...local, referrer, origin: { ...here, ...change } });
    }
    const modes = fetching.mock.calls.map(([, init]) => init?.cache);
    fetching.mockRestore();
    return modes;
  };

  it('finds in the HTTP cache only what was fetched for the same site', async () => {
    const other = { topSite: 'other.example' };
    expect(await modesFor([{}], [other], [{}], [other])).toEqual([
      'reload',
      'reload',
      'force-cache',
      'force-cache',
    ]);
  });

  it('leaves nothing in the HTTP cache for a private window, nor takes anything from it', async () => {
    const isPrivate = { isPrivateWindow: true };
    expect(await modesFor([{}], [isPrivate], [isPrivate])).toEqual([
      'reload',
      'no-store',
      'no-store',
    ]);
  });

  it('names the origin by a rule for this request alone', async () => {
    const rules: unknown[] = [];
    fakeBrowser.declarativeNetRequest.updateSessionRules = async (change: object) =>
      void rules.push(change);
    const url = `${base}/image?a=1*2#part`;
    const answer = await fetchImage(url, { ...local, referrer: 'origin' });
    expect(answer.kind).toBe('fetched');
    expect(rules).toMatchObject([
      {
        addRules: [
          {
            condition: { urlFilter: `|${base}/image?a=1*2|`, tabIds: [-1] },
            action: { requestHeaders: [{ header: 'referer', value: 'http://127.0.0.1/' }] },
          },
        ],
      },
      { removeRuleIds: [expect.any(Number)] },
    ]);
  });

  it('does not answer a second time with a refusal that was kept', async () => {
    fakeBrowser.declarativeNetRequest.updateSessionRules = async () => undefined;
    expect(await modesFor([{}, 'origin'], [{}])).toEqual(['reload', 'force-cache']);
  });

  it('follows a redirect', async () => {
    const fetched = await fetchImage(`${base}/redirect?/image`, local);
    expect(fetched).toMatchObject({ kind: 'fetched', fetchedBytes: 10 });
  });

  it('fails where nobody answers', async () => {
    const nobody = await fetchImage('http://127.0.0.1:1/', local);
    expect(nobody.kind).toBe('failed');
  });

  it('throws only when it is aborted', async () => {
    const controller = new AbortController();
    const fetching = fetchImage(`${base}/silent`, { ...local, signal: controller.signal });
    controller.abort();
    await expect(fetching).rejects.toThrow('aborted');
  });
});
