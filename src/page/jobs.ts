// The work of one frame: equal images are one job, a few jobs are under way at a time, visible ones first.
import { sendMessage, type Scale, type UpscaleAnswer, type UpscaleRequest } from '../messages';
import type { FailReason, SkipReason } from '../reasons';
import type { Acquire } from './acquire';
import { askBackground } from './ask-background';
import type { IdleSlices } from './idle-slices';
import { Picture } from './picture';
import { pageNamesOrigin } from './referrer';

export type JobEnd =
  | { kind: 'picture'; picture: Picture }
  | { kind: 'skipped'; reason: SkipReason }
  | { kind: 'failed'; reason: FailReason; detail: string }
  | { kind: 'cancelled' };

export interface Wanted {
  url: string;
  crossOrigin: string | null;
  /** The element's own `referrerpolicy`, '' without one; null where not the page but a style sheet names itself. */
  referrerPolicy: string | null;
  scale: Scale;
  /** Area in view, CSS pixels; kept up to date by `Lease.prioritise`. */
  visibleArea: number;
  onProgress(done: number, total: number): void;
}

/**
 * A share in a job, and in its picture once that is there. Whoever gives back the last share cancels the job
 * or disposes of the picture.
 */
export interface Lease {
  readonly end: Promise<JobEnd>;
  /** The background has begun with it, so that cancelling would waste work. */
  readonly started: boolean;
  /** So much of it is in view now. */
  prioritise(visibleArea: number): void;
  release(): void;
}

export interface Jobs {
  join(wanted: Wanted): Lease;
  progress(id: string, done: number, total: number): void;
  /** All that came over the network a second time so far. */
  readonly fetchedBytes: number;
}

interface Job {
  key: string;
  id: string;
  stage: 'queued' | 'sent' | 'started' | 'done';
  sharers: Set<Wanted>;
  picture: Picture | null;
  stop: AbortController;
  end: Promise<JobEnd>;
  finish(end: JobEnd): void;
}

/** Bytes of so many images wait in messages; the order among all tabs is the background's. */
const maxUnderWay = 12;

export function createJobs(acquire: Acquire, idPrefix: string, slices: IdleSlices): Jobs {
  const jobs = new Map<string, Job>();
  let underWay = 0;
  let count = 0;
  let fetchedBytes = 0;
  let toCancel: string[] = [];
  const toPrioritise = new Set<Job>();

  const create = (key: string): Job => {
    const { promise, resolve } = Promise.withResolvers<JobEnd>();
    const job: Job = {
      key,
      id: `${idPrefix}${++count}`,
      stage: 'queued',
      sharers: new Set(),
      picture: null,
      stop: new AbortController(),
      end: promise,
      finish: resolve,
    };
    jobs.set(key, job);
    return job;
  };

  /** One step each: to begin a fetch or to send a message takes a millisecond or so. */
  function* startNext(): Iterator<void> {
    while (underWay < maxUnderWay) {
      const job = mostUrgent([...jobs.values()].filter(({ stage }) => stage === 'queued'));
      if (!job) return;
      job.stage = 'sent';
      underWay++;
      void run(job).then((end) => {
        underWay--;
        settle(job, end);
        slices.add(startNext());
      });
      yield;
    }
  }

  const run = async (job: Job): Promise<JobEnd> => {
    const wanted = first(job);
    const { signal } = job.stop;
    try {
      const acquired = await acquire(wanted.url, wanted.crossOrigin, signal);
      if (signal.aborted) return { kind: 'cancelled' };
      switch (acquired.kind) {
        case 'skip':
          fetchedBytes += acquired.fetchedBytes;
          return { kind: 'skipped', reason: acquired.reason };
        case 'fail':
          return { kind: 'failed', reason: acquired.reason, detail: acquired.detail };
        case 'source': {
          const { id } = job;
          const { scale, referrerPolicy } = wanted;
          const { source } = acquired;
          const request = () => ({ id, source, scale, visibleArea: visibleAreaOf(job) });
          const answer = await askBackground(request, signal);
          return await endOf(counted(await askAgain(answer, request, referrerPolicy, signal)));
        }
      }
    } catch (error) {
      if (signal.aborted) return { kind: 'cancelled' };
      return { kind: 'failed', reason: 'decode-failed', detail: String(error) };
    }
  };

  const counted = (answer: UpscaleAnswer): UpscaleAnswer => {
    if (answer.kind !== 'cancelled') fetchedBytes += answer.fetchedBytes;
    return answer;
  };

  const settle = (job: Job, end: JobEnd) => {
    job.stage = 'done';
    if (end.kind === 'picture') job.picture = end.picture;
    // The next image of that address tries again, unless there is a picture to share.
    if (!job.picture && jobs.get(job.key) === job) jobs.delete(job.key);
    job.finish(end);
    if (job.sharers.size === 0) job.picture?.dispose();
  };

  const abandon = (job: Job) => {
    if (jobs.get(job.key) === job) jobs.delete(job.key);
    switch (job.stage) {
      case 'queued':
        job.finish({ kind: 'cancelled' });
        return;
      case 'sent':
      case 'started':
        job.stop.abort();
        cancel(job.id);
        return;
      case 'done':
        job.picture?.dispose();
    }
  };

  /** All that end in one go are cancelled with one message. */
  const cancel = (id: string) => {
    toCancel.push(id);
    if (toCancel.length > 1) return;
    queueMicrotask(() => {
      const ids = toCancel;
      toCancel = [];
      // Nobody there to be told is just as good.
      sendMessage('cancel', { ids }).catch(() => undefined);
    });
  };

  /** What a scroll changes goes as one message. */
  const prioritise = (job: Job) => {
    if (job.stage !== 'sent') return;
    toPrioritise.add(job);
    if (toPrioritise.size > 1) return;
    queueMicrotask(() => {
      const waiting = [...toPrioritise].filter(({ stage }) => stage === 'sent');
      toPrioritise.clear();
      if (waiting.length === 0) return;
      const areas = waiting.map((each) => [each.id, visibleAreaOf(each)] as const);
      const visibleAreas = Object.fromEntries(areas);
      sendMessage('prioritise', { visibleAreas }).catch(() => undefined);
    });
  };

  return {
    join(wanted) {
      const key = `${wanted.scale} ${wanted.crossOrigin ?? ''} ${wanted.url}`;
      const job = jobs.get(key) ?? create(key);
      job.sharers.add(wanted);
      if (job.stage === 'queued' && job.sharers.size === 1) slices.add(startNext());
      else prioritise(job);
      return {
        end: job.end,
        get started() {
          return job.stage === 'started' || job.stage === 'done';
        },
        prioritise(visibleArea) {
          if (wanted.visibleArea === visibleArea) return;
          wanted.visibleArea = visibleArea;
          prioritise(job);
        },
        release() {
          if (job.sharers.delete(wanted) && job.sharers.size === 0) abandon(job);
        },
      };
    },
    progress(id, done, total) {
      for (const job of jobs.values()) {
        if (job.id !== id || job.stage === 'done') continue;
        job.stage = 'started';
        for (const sharer of job.sharers) sharer.onProgress(done, total);
      }
    },
    get fetchedBytes() {
      return fetchedBytes;
    },
  };
}

/** Some servers hand their images out only to pages that they know; the page has told them where it is. */
async function askAgain(
  answer: UpscaleAnswer,
  request: () => UpscaleRequest,
  referrerPolicy: string | null,
  signal: AbortSignal,
): Promise<UpscaleAnswer> {
  const { source, ...rest } = request();
  const isRefused = answer.kind === 'skipped' && answer.reason === 'credentials-needed';
  if (!isRefused || source.kind !== 'url' || referrerPolicy === null) return answer;
  if (!(await pageNamesOrigin(source.url, referrerPolicy))) return answer;
  const again = { ...rest, source: { ...source, referrer: 'origin' as const } };
  return askBackground(() => again, signal);
}

async function endOf(answer: UpscaleAnswer): Promise<JobEnd> {
  return answer.kind === 'upscaled'
    ? { kind: 'picture', picture: await Picture.decode(answer) }
    : answer;
}

function first({ sharers, id }: Job): Wanted {
  for (const wanted of sharers) return wanted;
  throw new Error(`job ${id} belongs to nobody`);
}

const visibleAreaOf = ({ sharers }: Job) =>
  Math.max(0, ...[...sharers].map(({ visibleArea }) => visibleArea));

const mostUrgent = (jobs: Job[]) =>
  jobs.reduce<Job | undefined>(
    (best, job) => (best && visibleAreaOf(best) >= visibleAreaOf(job) ? best : job),
    undefined,
  );
