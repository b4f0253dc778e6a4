// The wired background, spoken to by messages as the browser delivers them.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Sender } from '../../../src/service/origin';
import { startService } from '../../../src/service/start';
import { tabReport } from '../../../src/reports';
import { enabled, siteRules } from '../../../src/settings';

const controllers: AbortController[] = [];
const sender: Sender = {
  id: fakeBrowser.runtime.id,
  tab: { id: 1, url: 'https://site.example/page', incognito: false },
  frameId: 0,
  documentId: 'A',
  url: 'https://site.example/page',
  origin: 'https://site.example',
};

function start(): void {
  const controller = new AbortController();
  controllers.push(controller);
  startService(controller.signal);
}

/** What the content script gets: `res`, or `err`. */
async function send(type: string, data?: unknown, from: Sender = sender): Promise<unknown> {
  const message = { id: 1, timestamp: Date.now(), type, data };
  const { trigger } = fakeBrowser.runtime.onMessage;
  const deliver = trigger as (...parameters: unknown[]) => unknown;
  return new Promise((resolve) => void deliver(message, from, resolve));
}

const image = {
  id: 'i',
  url: 'https://site.example/i.png',
  naturalWidth: 1,
  naturalHeight: 1,
  shownWidth: 2,
  shownHeight: 2,
  state: { kind: 'waiting', done: 0, total: 1 },
};
const report = { documentId: 'A', images: [image], longestTaskMs: 0, fetchedBytes: 0 };
const badge = () => fakeBrowser.action.getBadgeText({ tabId: 1 });

beforeEach(() => {
  fakeBrowser.reset();
  fakeBrowser.runtime.getPlatformInfo = vi.fn();
  fakeBrowser.declarativeNetRequest.getSessionRules = async () => [];
  fakeBrowser.tabs.query = (async () => [sender.tab]) as never;
  vi.spyOn(console, 'info').mockImplementation(() => {});
  start();
});
afterEach(() => {
  for (const controller of controllers.splice(0)) controller.abort();
  vi.restoreAllMocks();
});

describe('startService', () => {
  it('tells a page its site', async () => {
    expect(await send('getPageContext')).toEqual({ res: { topSite: 'site.example' } });
  });

  it.each([
    ['getPageContext', undefined],
    ['upscale', {}],
    ['cancel', { ids: [] }],
    ['prioritise', { visibleAreas: {} }],
    ['report', report],
    ['getStatus', undefined],
    ['clearCache', undefined],
  ])('refuses %s of another extension', async (type, data) => {
    const refused = await send(type, data, { ...sender, id: 'other' });
    expect(refused).toMatchObject({ err: { message: 'message refused: sender' } });
  });

  it('refuses a message of the wrong shape', async () => {
    expect(await send('upscale', { scale: 3 })).toMatchObject({
      err: { message: 'message refused: scale' },
    });
  });

  it('answers what became of an image', async () => {
    const blob = new Blob(['<!doctype html>']);
    const request = {
      id: 'i',
      source: { kind: 'bytes', blob, fetchedBytes: 0 },
      scale: 2,
      visibleArea: 1,
    };
    expect(await send('upscale', request)).toEqual({
      res: {
        kind: 'failed',
        reason: 'not-an-image',
        detail: '15 bytes of no known image format',
        fetchedBytes: 0,
      },
    });
    const svg = { kind: 'bytes', blob: new Blob(['<svg/>']), fetchedBytes: 4 };
    const drawing = { ...request, source: svg };
    expect(await send('upscale', drawing)).toEqual({
      res: { kind: 'skipped', reason: 'vector', fetchedBytes: 4 },
    });
  });

  it('does not go into the private network for a public page', async () => {
    const source = { kind: 'url', url: 'http://192.168.0.1/logo.png', referrer: 'none' };
    expect(await send('upscale', { id: 'i', source, scale: 2, visibleArea: 1 })).toEqual({
      res: { kind: 'skipped', reason: 'private-network', fetchedBytes: 0 },
    });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['the page takes it back', () => send('cancel', { ids: ['i'] })],
    [
      'another document begins',
      () => send('getPageContext', undefined, { ...sender, documentId: 'B' }),
    ],
    ['the tab is closed', () => fakeBrowser.tabs.onRemoved.trigger(1, {} as never)],
    ['the site is switched off', () => siteRules.setValue({ 'site.example': 'off' })],
  ])('cancels work when %s', async (_name, end) => {
    const fetching = vi.spyOn(globalThis, 'fetch').mockImplementation(
      (_url, init) =>
        new Promise((_resolve, reject) => {
          const signal = init?.signal;
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    );
    const source = { kind: 'url', url: 'https://cdn.example/a.png', referrer: 'none' };
    const answer = send('upscale', { id: 'i', source, scale: 2, visibleArea: 1 });
    await vi.waitFor(() => expect(fetching).toHaveBeenCalled());
    await end();
    expect(await answer).toEqual({ res: { kind: 'cancelled' } });
  });

  it('keeps reports and the badge, and drops them with the tab', async () => {
    await send('report', report);
    expect(await tabReport(1).getValue()).toEqual({ 0: report });
    expect(await badge()).toBe('1');
    await fakeBrowser.tabs.onRemoved.trigger(1, {} as never);
    await vi.waitFor(async () => expect(await badge()).toBe(''));
    expect(await tabReport(1).getValue()).toEqual({});
  });

  it.each([
    ['everywhere', () => enabled.setValue(false)],
    ['for the site', () => siteRules.setValue({ 'site.example': 'off' })],
  ])('shows and does nothing when it is off %s', async (_name, switchOff) => {
    await send('report', report);
    await switchOff();
    await vi.waitFor(async () => expect(await badge()).toBe(''));
    await send('report', report);
    expect(await badge()).toBe('');
    const source = { kind: 'url', url: 'https://cdn.example/a.png', referrer: 'none' };
    expect(await send('upscale', { id: 'i', source, scale: 2, visibleArea: 1 })).toEqual({
      res: { kind: 'cancelled' },
    });
  });

  it('tells its state before the first image', async () => {
    expect(await send('getStatus', undefined, { id: fakeBrowser.runtime.id })).toEqual({
      res: {
        backend: null,
        probe: [],
        models: [],
        choice: null,
        threads: 0,
        workers: 0,
        medianMs: null,
        queued: 0,
        cache: { entries: 0, bytes: 0 },
        tensors: 0,
      },
    });
  });

  it('takes up where it was when it starts again', async () => {
    await send('report', report);
    controllers.pop()?.abort();
    start();
    expect(await send('getPageContext', undefined, { ...sender, frameId: 3 })).toMatchObject({});
    expect(await tabReport(1).getValue()).toEqual({ 0: report });
    expect(await send('clearCache')).toEqual({ res: undefined });
  });
});
