// One image from the first look to the swap, and back.
import { log } from '../log';
import type { ImageReport, ImageState, Scale } from '../messages';
import type { SkipReason } from '../reasons';
import type { Limits } from '../settings';
import type { JobEnd, Jobs, Lease } from './jobs';
import type { KeptPictures } from './kept-pictures';
import type { Original, Place, Swap } from './kinds/place';
import { visibleArea } from './measure';
import { decideNeed, paintedSize, wantedRatio, type Need, type Shown } from './need';
import { shortUrl } from './short-url';
import { isVectorUrl } from './vector';
import type { VisibleWatch } from './watch-visible';

/** What all images of a frame share. */
export interface Surroundings {
  limits: Limits;
  jobs: Jobs;
  keptPictures: KeptPictures;
  visible: VisibleWatch;
  signal: AbortSignal;
  /** Why an image is not to be worked on, whatever its size. */
  leave(element: Element): SkipReason | null;
  /** Something is new for the report. */
  onChange(): void;
  /** Calls `look` when layout may next be read. */
  lookAgain(element: Element): void;
}

export interface Subject {
  /** Decides anew; to be called while the image is loaded and near, and layout is done. */
  look(): void;
  /** Out of sight: gives up work that has not begun; true if there was some. */
  far(): boolean;
  /** Scrolled far away: the picture may be given back. */
  away(): void;
  /** Gives up what it waits for; true if there was something. */
  pause(): boolean;
  /** Gives up everything and puts the original back. */
  end(): void;
  report(): ImageReport | null;
}

/** Where srcset offers several sizes, this much growth lets the browser choose among them anew. */
const growthToChooseAgain = 1.2;

export function createSubject(id: string, place: Place, all: Surroundings): Subject {
  /** The original: what the page shows there, before any swap. */
  let original: Original | null = null;
  let shown: Shown | null = null;
  let state: ImageState | null = null;
  /** The background has said no, and would again. */
  let refused = false;
  let waiting: { lease: Lease; scale: Scale; unwatch: () => void } | null = null;
  let swapped: { swap: Swap; lease: Lease; scale: Scale; ratio: number } | null = null;
  let swapping = false;
  const ended = new AbortController();
  const signal = AbortSignal.any([all.signal, ended.signal]);

  const setState = (next: ImageState | null) => {
    if (next === null && state === null) return;
    state = next;
    all.onChange();
  };

  const logFailure = ({ reason, detail }: Extract<ImageState, { kind: 'failed' }>) =>
    log('failed', { url: shortUrl(original?.url ?? ''), reason, detail });

  const look = () => {
    if (swapping) return;
    all.keptPictures.near(id);
    if (swapped && original) {
      if (!swapped.swap.holds()) {
        startOver();
        return;
      }
      // The decision stays one about the original.
      shown = place.measure(original);
      reconsider(original, shown);
      return;
    }
    const url = original?.url;
    original = place.original();
    if (original?.url !== url) {
      stopWaiting();
      refused = false;
      setState(null);
    }
    if (!original) return;
    shown = place.measure(original);
    decide(original, shown);
  };

  const decide = (current: Original, size: Shown) => {
    if (current.natural.width === 0) {
      stopWaiting();
      // A drawing without a size of its own has none either.
      if (isVectorUrl(current.url)) setState({ kind: 'skipped', reason: 'vector' });
      else if (state?.kind !== 'failed') {
        const failed = { kind: 'failed', reason: 'not-loaded', detail: '' } as const;
        logFailure(failed);
        setState(failed);
      }
      return;
    }
    const left = all.leave(place.element);
    const need: Need = left ? { kind: 'skip', reason: left } : decideNeed(size, all.limits);
    if (need.kind === 'skip') {
      stopWaiting();
      setState({ kind: 'skipped', reason: need.reason });
    } else if (!refused && waiting?.scale !== need.scale) {
      request(current, need.scale);
    }
  };

  /** A picture is shown already, and the box or the screen has changed. */
  const reconsider = (current: Original, size: Shown) => {
    if (!swapped) return;
    if (current.responsive && wantedRatio(size) > swapped.ratio * growthToChooseAgain) {
      startOver();
      return;
    }
    const need = decideNeed(size, all.limits);
    const isMore = need.kind === 'upscale' && need.scale > swapped.scale;
    if (isMore && !refused && waiting?.scale !== need.scale) request(current, need.scale);
  };

  const request = (current: Original, scale: Scale) => {
    stopWaiting();
    const lease = all.jobs.join({
      url: current.url,
      crossOrigin: current.crossOrigin,
      referrerPolicy: current.referrerPolicy,
      scale,
      visibleArea: visibleArea(place.element),
      onProgress: (done, total) => {
        if (!swapped) setState({ kind: 'waiting', done, total });
      },
    });
    const unwatch = all.visible.watch(place.element, (area) => lease.prioritise(area));
    waiting = { lease, scale, unwatch };
    if (!swapped) setState({ kind: 'waiting', done: 0, total: 0 });
    void lease.end.then(async (end) => {
      if (waiting?.lease !== lease) return;
      waiting = null;
      unwatch();
      if (end.kind === 'picture') await show(lease, end, current);
      else notShown(lease, end);
    });
  };

  const show = async (
    lease: Lease,
    { picture }: Extract<JobEnd, { kind: 'picture' }>,
    current: Original,
  ) => {
    // A smaller picture of ours goes in the same moment, so nothing flickers.
    if (!swapped && place.original()?.url !== current.url) {
      notShown(lease, { kind: 'cancelled' });
      return;
    }
    takeBack();
    swapping = true;
    const onGivenWay = () => {
      swapped?.lease.release();
      swapped = null;
      setState(null);
      all.lookAgain(place.element);
    };
    const outcome = await place.swapIn(current, picture, signal, onGivenWay);
    swapping = false;
    switch (outcome.kind) {
      case 'swapped': {
        const { scale } = picture.facts;
        const ratio = shown ? wantedRatio(shown) : scale;
        swapped = { swap: outcome.swap, lease, scale, ratio };
        setState(picture.facts);
        return;
      }
      case 'given-way':
        notShown(lease, { kind: 'cancelled' });
        all.lookAgain(place.element);
        return;
      case 'skipped':
        notShown(lease, outcome);
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
    all.keptPictures.near(id);
  };

  /** Back to what the page shows by itself, and a new decision about that. */
  const startOver = () => {
    takeBack();
    setState(null);
    place.settled().then(
      () => all.lookAgain(place.element),
      () => undefined,
    );
  };

  const pause = () => {
    if (!waiting) return false;
    stopWaiting();
    if (!swapped) setState(null);
    return true;
  };

  return {
    look,
    far: () => waiting !== null && !waiting.lease.started && pause(),
    away() {
      if (swapped && state?.kind === 'upscaled') {
        // Nobody sees it; the report goes on saying what became of it.
        all.keptPictures.far(id, state.width * state.height, takeBack);
      }
    },
    pause,
    end() {
      ended.abort();
      stopWaiting();
      takeBack();
    },
    report() {
      if (!state || !original || !shown) return null;
      const painted = paintedSize(shown);
      return {
        id,
        url: shortUrl(original.url),
        naturalWidth: original.natural.width,
        naturalHeight: original.natural.height,
        shownWidth: Math.round(painted.width * shown.devicePixelRatio),
        shownHeight: Math.round(painted.height * shown.devicePixelRatio),
        state,
      };
    },
  };
}

const isOutOfTime = (end: JobEnd) => end.kind === 'skipped' && end.reason === 'time-budget-used';
