// One of the places that a worker may take. A worker that dies is replaced; where two in a row cannot do a
// single tile, the place stays empty.
import { untilAborted } from '../time-limit';
import type { ModelFiles } from '../types';
import type { TileJob } from './tile-job';
import { WorkerDiedError, type TileWorker } from './tile-worker';

const MOST_FAILURES = 2;

export interface WorkerSeatOptions {
  startWorker: () => Promise<TileWorker>;
  onDeath: (error: unknown) => void;
}

export class WorkerSeat {
  readonly #options: WorkerSeatOptions;
  #worker: TileWorker | null = null;
  #starting: Promise<TileWorker> | null = null;
  #failures = 0;
  #disposed = false;

  constructor(options: WorkerSeatOptions) {
    this.#options = options;
  }

  /** Whether a worker is there and ready. */
  get isTaken(): boolean {
    return this.#worker !== null && !this.#worker.isDead;
  }

  /** Takes tiles as long as some wait. Rejects only with what a tile's computation rejects with. */
  async work(job: TileJob, files: ModelFiles, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.#failures < MOST_FAILURES) {
      const starting = (this.#starting ??= this.#start());
      const worker = await this.#ready(starting, files, signal);
      if (worker === null) continue;
      const placed = job.take();
      if (placed === null) return;
      try {
        await worker.upscale(placed, job.result, files.card.name);
        if (signal.aborted) return;
        job.finish();
        this.#failures = 0;
      } catch (error) {
        job.giveBack(placed);
        if (!(error instanceof WorkerDiedError)) throw error;
        this.#fail(starting, error);
      }
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#worker?.dispose();
    this.#worker = null;
  }

  /** Null where it failed, or nobody waits for it any longer. */
  async #ready(
    starting: Promise<TileWorker>,
    files: ModelFiles,
    signal: AbortSignal,
  ): Promise<TileWorker | null> {
    try {
      const worker = await untilAborted(starting, signal);
      await worker.load(files);
      return worker;
    } catch (error) {
      if (!signal.aborted) this.#fail(starting, error);
      return null;
    }
  }

  async #start(): Promise<TileWorker> {
    const worker = await this.#options.startWorker();
    // It may have come too late.
    if (this.#disposed) worker.dispose();
    this.#worker = worker;
    return worker;
  }

  /** Once for each worker, though more than one tile may be in its hands. */
  #fail(starting: Promise<TileWorker>, error: unknown): void {
    if (this.#disposed || this.#starting !== starting) return;
    this.#failures += 1;
    this.#worker?.dispose();
    this.#worker = null;
    this.#starting = null;
    this.#options.onDeath(error);
  }
}
