import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { FrameReport, ImageState } from '../../../src/messages';
import { tabReport } from '../../../src/reports';
import { badgeOf } from '../../../src/service/badge';
import { dropReport, dropTabReport, keepReport } from '../../../src/service/tab-reports';

const waiting: ImageState = { kind: 'waiting', done: 0, total: 2 };
const skipped: ImageState = { kind: 'skipped', reason: 'too-small' };
const upscaled: ImageState = {
  kind: 'upscaled',
  width: 2,
  height: 2,
  scale: 2,
  model: 'tiny-x2',
  backend: 'wasm',
  ms: 1,
  fromCache: false,
  content: 'photo',
  sourceBytes: 1,
  resultBytes: 1,
  fetchedBytes: 0,
};

function report(documentId: string, ...states: ImageState[]): FrameReport {
  const sides = { naturalWidth: 1, naturalHeight: 1, shownWidth: 2, shownHeight: 2 };
  const images = states.map((state, i) => ({ id: String(i), url: '', ...sides, state }));
  return { documentId, images, longestTaskMs: 0, fetchedBytes: 0 };
}

const top = { tabId: 1, frameId: 0 };
const sub = { tabId: 1, frameId: 5 };
const badge = () => fakeBrowser.action.getBadgeText({ tabId: 1 });

beforeEach(() => {
  fakeBrowser.reset();
  vi.spyOn(console, 'info').mockImplementation(() => {});
});

describe('badgeOf', () => {
  it.each<[string, ImageState[], string]>([
    ['nothing', [], ''],
    ['only skipped', [skipped], ''],
    ['sharp ones', [upscaled, skipped, upscaled], '2'],
    ['some waiting', [upscaled, upscaled, waiting], '1'],
    ['very many', Array<ImageState>(1000).fill(upscaled), '999+'],
  ])('%s', (_name, states, expected) => {
    expect(badgeOf({ 0: report('A', ...states) }).text).toBe(expected);
  });

  it('shows work in another colour', () => {
    const colours = [waiting, upscaled].map((state) => badgeOf({ 0: report('A', state) }).colour);
    expect(colours[0]).not.toBe(colours[1]);
  });
});

describe('reports of a tab', () => {
  it('holds all frames, and the badge counts them together', async () => {
    await Promise.all([
      keepReport(top, report('A', upscaled)),
      keepReport(sub, report('S', upscaled, skipped)),
    ]);
    expect(Object.keys(await tabReport(1).getValue())).toEqual(['0', '5']);
    expect(await badge()).toBe('2');
  });

  it('replaces a frame whole', async () => {
    await keepReport(top, report('A', waiting, waiting));
    await keepReport(top, report('A', upscaled));
    expect(await tabReport(1).getValue()).toEqual({ 0: report('A', upscaled) });
  });

  it.each<[string, () => Promise<void>, string[]]>([
    ['another document at the top', () => keepReport(top, report('B')), ['0']],
    ['another document in the frame', () => keepReport(sub, report('T')), ['0', '5']],
    ['a document that begins at the top', () => dropReport(top), []],
    ['a document that begins in the frame', () => dropReport(sub), ['0']],
    ['a closed tab', () => dropTabReport(1), []],
  ])('after %s', async (_name, act, expected) => {
    await keepReport(top, report('A', upscaled));
    await keepReport(sub, report('S', upscaled));
    await act();
    expect(Object.keys(await tabReport(1).getValue())).toEqual(expected);
  });

  it('leaves nothing behind in storage or on the badge', async () => {
    await keepReport(top, report('A', upscaled));
    await dropTabReport(1);
    expect(await fakeBrowser.storage.session.get()).not.toHaveProperty('report:1');
    expect(await badge()).toBe('');
  });

  it('goes on after storage has failed once', async () => {
    vi.spyOn(fakeBrowser.storage.session, 'set').mockRejectedValueOnce(new Error('full'));
    await keepReport(top, report('A', upscaled));
    await keepReport(top, report('A', upscaled));
    expect(await badge()).toBe('1');
  });
});
