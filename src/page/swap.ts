// Shows a finished picture in an <img>, and takes it back. The page keeps its `src`, natural size and layout.
import type { Original, Swap, SwapOutcome } from './kinds/place';
import type { Picture } from './picture';
import type { QuietLoads } from './quiet-loads';
import type { Selected } from './selected';
import { settleQuietly } from './settle-quietly';
import { writeSwap, type Written } from './write-swap';
import { watchPage } from './watch-page';

export type ImageSwapOutcome =
  { kind: 'swapped'; swap: Swap; written: Written } | Exclude<SwapOutcome, { kind: 'swapped' }>;

/**
 * Resolves when the browser proves that it shows the picture. `onGivenWay` is called when the page changes
 * the image afterwards: ours is gone by then, and the page's change stays.
 */
export async function swapIn(
  image: HTMLImageElement,
  original: Original & { selected: Selected },
  picture: Picture,
  quietLoads: QuietLoads,
  signal: AbortSignal,
  onGivenWay: () => void,
): Promise<ImageSwapOutcome> {
  if (signal.aborted || !image.isConnected) return { kind: 'given-way' };
  const written = writeSwap(image, original.selected, picture);
  const expected = quietLoads.expect(image, picture.url);
  const stop = new AbortController();
  let proved = false;

  const end = () => {
    stop.abort();
    expected.forget();
    written.undo();
  };
  const restore = () => {
    if (stop.signal.aborted) return;
    end();
    settleQuietly(image, original.url, quietLoads, image.decode());
  };
  const giveWay = () => {
    if (stop.signal.aborted) return;
    end();
    if (proved) onGivenWay();
  };
  watchPage(image, giveWay, stop.signal);
  signal.addEventListener('abort', restore, { signal: stop.signal });

  const event = await Promise.race([expected.event, ended(stop.signal)]);
  // What is drawn next is the picture, not a first line of it.
  const problem = event === 'load' ? await image.decode().then(problemOfProof, String) : event;
  if (stop.signal.aborted) return { kind: 'given-way' };
  if (problem !== null) {
    restore();
    return { kind: 'failed', detail: problem };
  }
  proved = true;
  const holds = () => image.currentSrc === picture.url;
  return { kind: 'swapped', swap: { restore, holds }, written };

  function problemOfProof(): string | null {
    if (image.currentSrc !== picture.url) return `the page shows ${image.currentSrc.slice(0, 80)}`;
    const before = `${original.natural.width}x${original.natural.height}`;
    const now = `${image.naturalWidth}x${image.naturalHeight}`;
    return now === before ? null : `the natural size became ${now}, it was ${before}`;
  }
}

const ended = (signal: AbortSignal) =>
  new Promise<'ended' | 'no load event'>((resolve) => {
    signal.addEventListener('abort', () => resolve('ended'));
    setTimeout(() => resolve('no load event'), proofWithinMs);
  });

/** The picture is decoded already, so this is long. */
const proofWithinMs = 10_000;
