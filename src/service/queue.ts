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
    job.waiters.add(waiter);
    this.#prioritise(job);
    const gone = new AbortController();
    try {
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
    const controller = new AbortController();
    const waiters = new Set<Waiter>();
    this.#count += 1;
    const id = String(this.#count);
    // The signal is not given to the queue: it would free the slot while the aborted work still runs.
    const result = this.#slot.add(
      async () => {
        controller.signal.throwIfAborted();
        job.started = true;
        return work(controller.signal, (done, total) => {
          for (const waiter of waiters) waiter.onProgress(done, total);
        });
      },
      { id, priority },
    );
    // Its waiters may have gone; a rejection that nobody awaits is no error.
    result.catch(() => null);
    const job: Job<T> = { id, result, controller, waiters, started: false };
    this.#jobs.set(key, job);
    return job;
  }

  #prioritise(job: Job<T>): void {
    if (job.started) return;
    const priority = Math.max(...Array.from(job.waiters, (waiter) => waiter.priority));
    this.#slot.setPriority(job.id, priority);
  }
}

function rejectOnAbort(signal: AbortSignal, until: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: until });
  });
}
