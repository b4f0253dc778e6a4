import { describe, expect, it } from 'vitest';
import { Frames } from '../../../src/service/frames';
import { origin } from './origins';

/** The work `top`, `sub` and `other` in two frames of one tab and in another tab. */
function open() {
  const frames = new Frames();
  const top = frames.open(origin(), 'top', 0).signal;
  const sub = frames.open(origin({ frameId: 7, documentId: 'S' }), 'sub', 0).signal;
  const other = frames.open(origin({ tabId: 2, documentId: 'O' }), 'other', 0).signal;
  const aborted = () => ({ top: top.aborted, sub: sub.aborted, other: other.aborted });
  return { frames, top, aborted };
}

describe('Frames', () => {
  it('puts waiting work in another order, of the asking frame alone', () => {
    const frames = new Frames();
    const { claim } = frames.open(origin(), 'a', 5);
    const other = frames.open(origin({ frameId: 7 }), 'a', 5).claim;
    frames.prioritise(
      origin(),
      new Map([
        ['a', 9],
        ['gone', 1],
      ]),
    );
    expect([claim, other]).toEqual([
      { tabId: 1, visibleArea: 9 },
      { tabId: 1, visibleArea: 5 },
    ]);
  });

  it.each<[string, (frames: Frames) => void, string[]]>([
    ['its id is cancelled', (frames) => frames.cancel(origin(), ['top', 'sub']), ['top']],
    [
      'another frame cancels the id',
      (frames) => frames.cancel(origin({ frameId: 3 }), ['top']),
      [],
    ],
    ['the tab is closed', (frames) => frames.closeTab(1), ['top', 'sub']],
    ['everything is closed', (frames) => frames.closeAll(), ['top', 'sub', 'other']],
    [
      'a document begins at the top',
      (frames) => frames.beginDocument(origin({ documentId: 'B' })),
      ['top', 'sub'],
    ],
    [
      'a document begins in a frame',
      (frames) => frames.beginDocument(origin({ frameId: 7, documentId: 'T' })),
      ['sub'],
    ],
    ['the same document begins again', (frames) => void frames.beginDocument(origin()), []],
    [
      'another document of the frame asks',
      (frames) => void frames.open(origin({ documentId: 'B' }), 'new', 0),
      ['top'],
    ],
    ['the same document asks for more', (frames) => void frames.open(origin(), 'more', 0), []],
    ['the same id is asked for again', (frames) => void frames.open(origin(), 'top', 0), ['top']],
    ['it is done, and cancelled too late', (frames) => frames.cancel(origin(), []), []],
  ])('when %s', (_name, act, expected) => {
    const { frames, aborted } = open();
    act(frames);
    const ended = Object.entries(aborted()).filter(([, isAborted]) => isAborted);
    expect(ended.map(([name]) => name)).toEqual(expected);
  });

  it('leaves work alone that is closed', () => {
    const { frames, top } = open();
    frames.close(origin(), 'top', top);
    frames.closeAll();
    expect(top.aborted).toBe(false);
  });

  it('closes only its own when the id was given anew', () => {
    const { frames, top } = open();
    const again = frames.open(origin(), 'top', 0).signal;
    frames.close(origin(), 'top', top);
    frames.cancel(origin(), ['top']);
    expect(again.aborted).toBe(true);
  });

  it('may begin the same document twice where the browser does not name it', () => {
    const frames = new Frames();
    const unnamed = origin({ documentId: '' });
    const before = frames.open(unnamed, 'x', 0).signal;
    frames.beginDocument(unnamed);
    expect(before.aborted).toBe(true);
    expect(frames.open(unnamed, 'x', 0).signal.aborted).toBe(false);
  });
});
