// Who may see a stored result: only pages below the same top-level site, and no private window. What is not
// found goes to the decoder, which Node lacks: there it ends as a failure.
import 'fake-indexeddb/auto';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { cacheSize, resultKey, writeResult } from '../../../src/cache/results';
import { sha256 } from '../../../src/cache/sha256';
import type { UpscaleRequest } from '../../../src/messages';
import type { Origin } from '../../../src/service/origin';
import { Service } from '../../../src/service/service';
import { origin } from './origins';

const card = { name: 'tiny-x2', version: '1.0.0', scale: 2, receptiveField: 10, macsPerPixel: 1 };

beforeEach(() => {
  fakeBrowser.reset();
  fakeBrowser.runtime.getPlatformInfo = vi.fn();
  vi.spyOn(console, 'info').mockImplementation(() => {});
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (url) =>
    Response.json(String(url).endsWith('/index.json') ? [card.name] : card),
  );
});
afterEach(() => {
  vi.restoreAllMocks();
});

it.each<[string, Partial<Origin>, string]>([
  ['the same site', {}, 'upscaled'],
  ['another tab and frame of it', { tabId: 2, frameId: 3, frameHost: 'cdn.example' }, 'upscaled'],
  ['another site', { topSite: 'other.example' }, 'failed'],
  ['a frame of the site in another', { topSite: 'other.example' }, 'failed'],
  ['a private window', { isPrivateWindow: true }, 'failed'],
  ['a page without a site', { topSite: '' }, 'failed'],
])('for %s', async (_name, change, expected) => {
  const picture = { create: { width: 4, height: 3, channels: 3, background: 'teal' } } as const;
  const bytes = new Uint8Array(await sharp(picture).jpeg().toBuffer());
  const { topSite } = origin();
  const sourceSha256 = await sha256(bytes);
  const model = 'tiny-x2@1.0.0';
  const key = await resultKey({ topSite, sourceSha256, model, scale: 2, strength: 1 });
  const facts = {
    width: 8,
    height: 6,
    scale: 2,
    model: 'tiny-x2',
    backend: 'wasm',
    ms: 5,
    content: 'photo',
  } as const;
  await writeResult({ key, type: 'image/jpeg', encoded: new ArrayBuffer(9), ...facts }, 1000);

  const source = { kind: 'bytes', blob: new Blob([bytes]), fetchedBytes: 0 } as const;
  const request: UpscaleRequest = { id: 'i', source, scale: 2, visibleArea: 0 };
  const answer = await new Service().upscale(origin(change), request);
  expect(answer.kind).toBe(expected);
  if (answer.kind === 'upscaled') {
    const sizes = { sourceBytes: bytes.length, resultBytes: 9, fetchedBytes: 0 };
    expect(answer).toMatchObject({ ...facts, ...sizes, fromCache: true });
    expect(answer.blob.type).toBe('image/jpeg');
  }
  expect(await cacheSize()).toEqual({ entries: 1, bytes: 9 });
});
