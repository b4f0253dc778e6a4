import { describe, expect, it } from 'vitest';
import { checkExtensionSender, checkTabSender, type Sender } from '../../../src/service/origin';
import {
  checkCancelRequest,
  checkPrioritiseRequest,
  checkUpscaleRequest,
} from '../../../src/service/validate';
import { checkFrameReport } from '../../../src/service/validate-report';

const tab = { id: 4, url: 'https://shop.example:8443/a?b', incognito: false };
const sender: Sender = {
  id: 'test-extension-id',
  tab,
  frameId: 0,
  documentId: 'D',
  url: 'https://shop.example:8443/a?b',
  origin: 'https://shop.example:8443',
};
const blob = new Blob([new Uint8Array(3)]);
const url = { kind: 'url', url: 'https://a.example/', referrer: 'none' };
const request = {
  id: 'i1',
  source: { kind: 'bytes', blob, fetchedBytes: 3 },
  scale: 2,
  visibleArea: 10,
};

describe('checkTabSender', () => {
  it('takes what the browser states', () => {
    expect(checkTabSender(sender)).toEqual({
      tabId: 4,
      frameId: 0,
      documentId: 'D',
      topSite: 'shop.example',
      frameHost: 'shop.example',
      frameOrigin: 'https://shop.example:8443',
      isPrivateWindow: false,
    });
  });

  it.each<[string, Sender, object]>([
    [
      'a frame of another site',
      { ...sender, frameId: 5, origin: 'http://10.0.0.8' },
      { topSite: 'shop.example', frameHost: '10.0.0.8' },
    ],
    [
      'a sandboxed frame',
      { ...sender, origin: 'null', url: 'https://ads.example/' },
      { frameHost: 'ads.example', frameOrigin: '' },
    ],
    [
      'a browser that states no origin',
      { ...sender, origin: undefined },
      { frameOrigin: 'https://shop.example:8443' },
    ],
    [
      'a frame without an address',
      { ...sender, origin: 'null', url: 'about:srcdoc' },
      { frameHost: '' },
    ],
    ['a file', { ...sender, tab: { ...tab, url: 'file:///a.html' } }, { topSite: '' }],
    [
      'a tab whose address is hidden',
      { ...sender, tab: { ...tab, url: undefined } },
      { topSite: '' },
    ],
    [
      'a private window',
      { ...sender, tab: { ...tab, incognito: true } },
      { isPrivateWindow: true },
    ],
    ['no name for the document', { ...sender, documentId: undefined }, { documentId: '' }],
  ])('%s', (_name, from, expected) => {
    expect(checkTabSender(from)).toMatchObject(expected);
  });

  it.each<[string, Sender]>([
    ['another extension', { ...sender, id: 'other' }],
    ['nobody', {}],
    ['no tab', { ...sender, tab: undefined }],
    ['no frame', { ...sender, frameId: undefined }],
  ])('refuses %s', (_name, from) => {
    expect(() => checkTabSender(from)).toThrow('message refused');
  });

  it('lets the popup ask what needs no tab', () => {
    expect(() => checkExtensionSender({ id: 'test-extension-id' })).not.toThrow();
    expect(() => checkExtensionSender({ id: 'other' })).toThrow('message refused');
  });
});

describe('checkUpscaleRequest', () => {
  it.each([
    ['bytes', request, request],
    [
      'a URL',
      { ...request, source: { kind: 'url', url: 'https://a.example/', referrer: 'origin' } },
      undefined,
    ],
    ['a negative area', { ...request, visibleArea: -3 }, { ...request, visibleArea: 0 }],
    ['more than it should say', { ...request, topSite: 'bank.example' }, request],
  ])('takes %s', (_name, data, expected) => {
    expect(checkUpscaleRequest(data)).toEqual(expected ?? data);
  });

  it.each([
    ['nothing', undefined],
    ['text', 'upscale'],
    ['a long id', { ...request, id: 'x'.repeat(101) }],
    ['a number as id', { ...request, id: 3 }],
    ['another scale', { ...request, scale: 3 }],
    ['a text as scale', { ...request, scale: '2' }],
    ['an area that is none', { ...request, visibleArea: NaN }],
    ['an infinite area', { ...request, visibleArea: Infinity }],
    ['no source', { ...request, source: null }],
    ['an unknown source', { ...request, source: { kind: 'file', path: '/' } }],
    ['bytes that are no Blob', { ...request, source: { kind: 'bytes', blob: { size: 3 } } }],
    ['a huge Blob', { ...request, source: { kind: 'bytes', blob: hugeBlob() } }],
    [
      'a whole address as referrer',
      { ...request, source: { ...url, referrer: 'https://b.example/' } },
    ],
    [
      'bytes fetched that are no number',
      { ...request, source: { ...request.source, fetchedBytes: '1' } },
    ],
    ['a URL that is no text', { ...request, source: { kind: 'url', url: {}, referrer: 'none' } }],
    [
      'an endless URL',
      { ...request, source: { kind: 'url', url: 'x'.repeat(65_537), referrer: 'none' } },
    ],
  ])('refuses %s', (_name, data) => {
    expect(() => checkUpscaleRequest(data)).toThrow('message refused');
  });
});

describe('checkCancelRequest', () => {
  it('takes a list of ids, and nothing else', () => {
    expect(checkCancelRequest({ ids: ['a', 'b'] })).toEqual(['a', 'b']);
    for (const data of [null, {}, { ids: 'a' }, { ids: [1] }, { ids: Array(2001).fill('a') }]) {
      expect(() => checkCancelRequest(data)).toThrow('message refused');
    }
  });
});

describe('checkPrioritiseRequest', () => {
  it('takes areas by id, and nothing else', () => {
    const visibleAreas = { a: 3, b: -1 };
    const expected = new Map([
      ['a', 3],
      ['b', 0],
    ]);
    expect(checkPrioritiseRequest({ visibleAreas })).toEqual(expected);
    const tooMany = Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [i, 1]));
    for (const bad of [null, { a: '1' }, { a: Infinity }, { ['x'.repeat(101)]: 1 }, tooMany]) {
      expect(() => checkPrioritiseRequest({ visibleAreas: bad })).toThrow('message refused');
    }
  });
});

describe('checkFrameReport', () => {
  const image = {
    id: 'i',
    url: 'https://a.example/x.png',
    naturalWidth: 1,
    naturalHeight: 2,
    shownWidth: 3,
    shownHeight: 4,
    state: { kind: 'skipped', reason: 'too-small' },
  };
  const report = { documentId: 'D', images: [image], longestTaskMs: 1.5, fetchedBytes: 7 };
  const upscaled = {
    kind: 'upscaled',
    width: 2,
    height: 4,
    scale: 2,
    model: 'tiny-x2',
    backend: 'wasm',
    ms: 3,
    fromCache: false,
    content: 'photo',
    sourceBytes: 1,
    resultBytes: 2,
    fetchedBytes: 0,
  };

  it.each([
    ['skipped', image.state],
    ['waiting', { kind: 'waiting', done: 1, total: 4 }],
    ['upscaled', upscaled],
    ['failed', { kind: 'failed', reason: 'fetch-failed', detail: 'HTTP 500' }],
  ])('takes an image that is %s', (_name, state) => {
    const data = { ...report, images: [{ ...image, state }] };
    expect(checkFrameReport(data)).toEqual(data);
  });

  it('keeps the newest 500 images, short addresses, and no Blob', () => {
    const images = Array.from({ length: 600 }, (_, i) => ({
      ...image,
      id: String(i),
      url: 'x'.repeat(300),
      state: { ...upscaled, blob },
    }));
    const kept = checkFrameReport({ ...report, images }).images;
    expect(kept.length).toBe(500);
    expect(kept[0]).toMatchObject({ id: '100', url: 'x'.repeat(200) });
    expect(kept[0]?.state).toEqual(upscaled);
  });

  it.each([
    ['no images', { ...report, images: undefined }],
    ['no document', { ...report, documentId: 3 }],
    ['an unknown state', { ...report, images: [{ ...image, state: { kind: 'gone' } }] }],
    [
      'an unknown reason',
      { ...report, images: [{ ...image, state: { kind: 'failed', reason: '' } }] },
    ],
    ['a side that is no number', { ...report, images: [{ ...image, naturalWidth: '1' }] }],
  ])('refuses %s', (_name, data) => {
    expect(() => checkFrameReport(data)).toThrow('message refused');
  });
});

function hugeBlob(): Blob {
  const blob = new Blob();
  Object.defineProperty(blob, 'size', { value: 64 * 2 ** 20 + 1 });
  return blob;
}
