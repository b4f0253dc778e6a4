// One queue in front of the engine, for all tabs: one piece of work at a time, equal work done once. It
// outlives failures; work stops when all who wait for it have gone.
import { FairQueue } from './fair-queue';
import type { Attention, Claim } from './turns';

export type OnProgress = (done: number, total: number) => void;

export interface Waiter {
  claim: Claim;
  signal: AbortSignal;
  onProgress: OnProgress;
}

/** Does the work; must reject soon after `signal` is aborted. */
export type Work<T> = (signal: AbortSignal, onProgress: OnProgress) => Promise<T>;

interface Job<T> {
  result: Promise<T>;
  controller: AbortController;
  waiters: Set<Waiter>;
  claims: Set<Claim>;
}

export class WorkQueue<T> {
  readonly #slot: FairQueue;
  readonly #jobs = new Map<string, Job<T>>();

  constructor(attentionOf: (tabId: number) => Attention) {
    this.#slot = new FairQueue({ concurrency: 1, attentionOf });
  }

  /** Jobs waiting or running. */
  get size(): number {
    return this.#jobs.size;
  }

  /** The result of `work`, or of equal work (same key) that is already waiting or running. */
  async run(key: string, waiter: Waiter, work: Work<T>): Promise<T> {
    waiter.signal.throwIfAborted();
    const job = this.#jobs.get(key) ?? this.#create(key);
    job.waiters.add(waiter);
    job.claims.add(waiter.claim);
    // Only now, since the slot may start it at once.
    if (job.waiters.size === 1) this.#enqueue(job, work);
    const gone = new AbortController();
    try {
      return await Promise.race([job.result, rejectOnAbort(waiter.signal, gone.signal)]);
    } finally {
      gone.abort();
      job.waiters.delete(waiter);
      job.claims.delete(waiter.claim);
      if (job.waiters.size === 0) {
        job.controller.abort(waiter.signal.reason);
        // Who asks for the same from now on starts anew instead of joining work that is being stopped.
        if (this.#jobs.get(key) === job) this.#jobs.delete(key);
      }
    }
  }

  #create(key: string): Job<T> {
    const job: Job<T> = {
      controller: new AbortController(),
      waiters: new Set(),
      claims: new Set(),
      result: Promise.race([]),
    };
    this.#jobs.set(key, job);
    return job;
  }

  #enqueue(job: Job<T>, work: Work<T>): void {
    const { signal } = job.controller;
    const onProgress: OnProgress = (done, total) => {
      for (const waiter of job.waiters) waiter.onProgress(done, total);
    };
    job.result = this.#slot.add(job.claims, () => work(signal, onProgress), signal);
    // Its waiters may all have gone; a rejection that nobody awaits is no error.
    job.result.catch(() => null);
  }
}

function rejectOnAbort(signal: AbortSignal, until: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: until });
  });
}
