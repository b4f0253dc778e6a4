// One image from the first look to the swap, and back.
import { log } from '../log';
import type { ImageReport, ImageState, Scale } from '../messages';
import type { Limits } from '../settings';
import type { SwappedUrls } from './clone';
import type { JobEnd, Jobs, Lease } from './jobs';
import { measure, visibleArea } from './measure';
import { decideNeed, paintedSize, wantedRatio } from './need';
import type { QuietLoads } from './quiet-loads';
import { isResponsive, selectedSource } from './selected';
import { shortUrl } from './short-url';
import { isVectorUrl } from './vector';
import { swapIn, type Swap } from './swap';
import type { VisibleWatch } from './watch-visible';

/** What all images of a frame share. */
export interface Surroundings {
  limits: Limits;
  jobs: Jobs;
  quietLoads: QuietLoads;
  visible: VisibleWatch;
  swappedUrls: SwappedUrls;
  signal: AbortSignal;
  /** Something is new for the report. */
  onChange(): void;
  /** Calls `look` when layout may next be read. */
  lookAgain(image: HTMLImageElement): void;
}

export interface Subject {
  /** Decides anew; to be called while the image is loaded and near, and layout is done. */
  look(): void;
  /** Out of sight: gives up work that has not begun; true if there was some. */
  far(): boolean;
  /** Gives up what it waits for; true if there was something. */
  pause(): boolean;
  /** Gives up everything and puts the original back. */
  end(): void;
  report(): ImageReport | null;
}

/** Where srcset offers several sizes, this much growth lets the browser choose among them anew. */
const growthToChooseAgain = 1.2;

export function createSubject(id: string, image: HTMLImageElement, all: Surroundings): Subject {
  /** The original: what the page shows there, before any swap. */
  let original = lookAtOriginal();
  let shown = measure(image, original.selected.candidate);
  let state: ImageState | null = null;
  /** The background has said no, and would again. */
  let refused = false;
  let waiting: { lease: Lease; scale: Scale; unwatch: () => void } | null = null;
  let swapped: { swap: Swap; lease: Lease; scale: Scale; url: string; ratio: number } | null = null;
  let swapping = false;
  const ended = new AbortController();
  const signal = AbortSignal.any([all.signal, ended.signal]);

  function lookAtOriginal() {
    return {
      url: image.currentSrc,
      natural: { width: image.naturalWidth, height: image.naturalHeight },
      selected: selectedSource(image),
      responsive: isResponsive(image),
    };
  }

  const setState = (next: ImageState | null) => {
    if (next === null && state === null) return;
    state = next;
    all.onChange();
  };

  const logFailure = ({ reason, detail }: Extract<ImageState, { kind: 'failed' }>) =>
    log('failed', { url: shortUrl(original.url), reason, detail });

  const look = () => {
    if (swapping) return;
    if (swapped && image.currentSrc !== swapped.url) {
      startOver();
    } else if (swapped) {
      // The decision stays one about the original.
      shown = measure(image, original.selected.candidate);
      reconsider();
    } else {
      const { url } = original;
      original = lookAtOriginal();
      shown = measure(image, original.selected.candidate);
      if (url !== original.url) {
        stopWaiting();
        refused = false;
        setState(null);
      }
      decide();
    }
  };

  const decide = () => {
    if (original.natural.width === 0) {
      stopWaiting();
      // A drawing without a size of its own has none either.
      if (isVectorUrl(original.url)) setState({ kind: 'skipped', reason: 'vector' });
      else if (state?.kind !== 'failed') {
        const failed = { kind: 'failed', reason: 'not-loaded', detail: '' } as const;
        logFailure(failed);
        setState(failed);
      }
      return;
    }
    const need = decideNeed(shown, all.limits);
    if (need.kind === 'skip') {
      stopWaiting();
      setState({ kind: 'skipped', reason: need.reason });
    } else if (!refused && waiting?.scale !== need.scale) {
      request(need.scale);
    }
  };

  /** A picture is shown already, and the box or the screen has changed. */
  const reconsider = () => {
    if (!swapped) return;
    if (original.responsive && wantedRatio(shown) > swapped.ratio * growthToChooseAgain) {
      startOver();
      return;
    }
    const need = decideNeed(shown, all.limits);
    const isMore = need.kind === 'upscale' && need.scale > swapped.scale;
    if (isMore && !refused && waiting?.scale !== need.scale) request(need.scale);
  };

  const request = (scale: Scale) => {
    stopWaiting();
    const lease = all.jobs.join({
      url: original.url,
      crossOrigin: image.crossOrigin,
      referrerPolicy: image.referrerPolicy,
      scale,
      visibleArea: visibleArea(image),
      onProgress: (done, total) => {
        if (!swapped) setState({ kind: 'waiting', done, total });
      },
    });
    const unwatch = all.visible.watch(image, (area) => lease.prioritise(area));
    waiting = { lease, scale, unwatch };
    if (!swapped) setState({ kind: 'waiting', done: 0, total: 0 });
    void lease.end.then(async (end) => {
      if (waiting?.lease !== lease) return;
      waiting = null;
      unwatch();
      if (end.kind === 'picture') await show(lease, end);
      else notShown(lease, end);
    });
  };

  const show = async (lease: Lease, { picture }: Extract<JobEnd, { kind: 'picture' }>) => {
    // A smaller picture of ours goes in the same moment, so nothing flickers.
    if (!swapped && image.currentSrc !== original.url) {
      notShown(lease, { kind: 'cancelled' });
      return;
    }
    takeBack();
    swapping = true;
    const onGivenWay = () => {
      // The page has changed the image; its load will bring it back to `look`.
      swapped?.lease.release();
      swapped = null;
      setState(null);
    };
    const { url } = picture;
    const outcome = await swapIn(image, original, picture, all.quietLoads, signal, onGivenWay);
    swapping = false;
    switch (outcome.kind) {
      case 'swapped': {
        const { scale } = picture.facts;
        swapped = { swap: outcome.swap, lease, scale, url, ratio: wantedRatio(shown) };
        all.swappedUrls.set(url, outcome.written.originals);
        setState(picture.facts);
        return;
      }
      case 'given-way':
        notShown(lease, { kind: 'cancelled' });
        return;
      case 'failed':
        notShown(lease, { kind: 'failed', reason: 'swap-failed', detail: outcome.detail });
    }
  };

  const notShown = (lease: Lease, end: Exclude<JobEnd, { kind: 'picture' }>) => {
    lease.release();
    // Its time comes back; whoever is seen again is asked about again.
    refused = !(end.kind === 'cancelled' || isOutOfTime(end));
    if (end.kind === 'failed') logFailure(end);
    // A smaller picture that is shown already stays.
    if (!swapped) setState(end.kind === 'cancelled' ? null : end);
  };

  const stopWaiting = () => {
    waiting?.unwatch();
    waiting?.lease.release();
    waiting = null;
  };

  const takeBack = () => {
    swapped?.swap.restore();
    swapped?.lease.release();
    swapped = null;
  };

  /** Back to what the page shows by itself, and a new decision about that. */
  const startOver = () => {
    takeBack();
    setState(null);
    image.decode().then(
      () => all.lookAgain(image),
      () => undefined,
    );
  };

  return {
    look,
    far() {
      return waiting !== null && !waiting.lease.started && this.pause();
    },
    pause() {
      if (!waiting) return false;
      stopWaiting();
      if (!swapped) setState(null);
      return true;
    },
    end() {
      ended.abort();
      stopWaiting();
      takeBack();
    },
    report() {
      if (!state) return null;
      const painted = paintedSize(shown);
      return {
        id,
        url: shortUrl(original.url),
        naturalWidth: image.naturalWidth,
        naturalHeight: image.naturalHeight,
        shownWidth: Math.round(painted.width * shown.devicePixelRatio),
        shownHeight: Math.round(painted.height * shown.devicePixelRatio),
        state,
      };
    },
  };
}

const isOutOfTime = (end: JobEnd) => end.kind === 'skipped' && end.reason === 'time-budget-used';
