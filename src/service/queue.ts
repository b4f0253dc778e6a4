// One queue in front of the engine, for all tabs: one piece of work at a time, the most visible first, equal
// work done once. It outlives failures; work stops when all who wait for it have gone.
import PQueue from 'p-queue';

export type OnProgress = (done: number, total: number) => void;

export interface Waiter {
  /** Higher runs first. */
  priority: number;
  signal: AbortSignal;
  onProgress: OnProgress;
}

/** Does the work; must reject soon after `signal` is aborted. */
export type Work<T> = (signal: AbortSignal, onProgress: OnProgress) => Promise<T>;

interface Job<T> {
  id: string;
  result: Promise<T>;
  controller: AbortController;
  waiters: Set<Waiter>;
  started: boolean;
}

export class WorkQueue<T> {
  readonly #slot = new PQueue({ concurrency: 1 });
  readonly #jobs = new Map<string, Job<T>>();
  #count = 0;

  /** Jobs waiting or running. */
  get size(): number {
    return this.#jobs.size;
  }

  /** The result of `work`, or of equal work (same key) that is already waiting or running. */
  async run(key: string, waiter: Waiter, work: Work<T>): Promise<T> {
    waiter.signal.throwIfAborted();
    const job = this.#jobs.get(key) ?? this.#enqueue(key, waiter.priority, work);
    const gone = new AbortController();
    try {
      this.#join(job, waiter);
      return await Promise.race([job.result, rejectOnAbort(waiter.signal, gone.signal)]);
    } finally {
      gone.abort();
      job.waiters.delete(waiter);
      if (job.waiters.size === 0) {
        job.controller.abort(waiter.signal.reason);
        // Who asks for the same from now on starts anew instead of joining work that is being stopped.
        if (this.#jobs.get(key) === job) this.#jobs.delete(key);
      }
    }
  }

  #enqueue(key: string, priority: number, work: Work<T>): Job<T> {
    this.#count += 1;
    const job: Job<T> = {
      id: String(this.#count),
      controller: new AbortController(),
      waiters: new Set(),
      started: false,
      result: Promise.race([]),
    };
    // The signal is not given to the queue: it would free the slot while the aborted work still runs.
    job.result = this.#slot.add(() => start(job, work), { id: job.id, priority });
    // Its waiters may all have gone; a rejection that nobody awaits is no error.
    job.result.catch(() => null);
    this.#jobs.set(key, job);
    return job;
  }

  #join(job: Job<T>, waiter: Waiter): void {
    job.waiters.add(waiter);
    if (job.started) return;
    const priority = Math.max(...Array.from(job.waiters, (each) => each.priority));
    this.#slot.setPriority(job.id, priority);
  }
}

/** The slot may start it at once, before `add` has returned. */
async function start<T>(job: Job<T>, work: Work<T>): Promise<T> {
  job.started = true;
  job.controller.signal.throwIfAborted();
  return work(job.controller.signal, (done, total) => {
    for (const waiter of job.waiters) waiter.onProgress(done, total);
  });
}

function rejectOnAbort(signal: AbortSignal, until: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: until });
  });
}
