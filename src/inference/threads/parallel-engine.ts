// Upscales on several threads: workers, each with an engine of its own, take the tiles of an image one by one.
// No memory is shared, which neither browser offers to the background.
//
// The engine in place stays. It computes images of a single tile, begins with the others until the first worker
// is there, and does what is left where workers cannot be had.
//
// Who frees what: the workers and the engine belong to this, until dispose().
import PQueue from 'p-queue';
import type { Engine } from '../engine';
import { nextTask, untilAborted } from '../time-limit';
import type { ModelFiles, RgbaImage, UpscaleOptions } from '../types';
import type { Upscaler } from '../upscaler';
import { TileJob } from './tile-job';
import type { TileWorker } from './tile-worker';
import { WorkerSeat } from './worker-seat';

export interface ParallelOptions {
  /** Starts one worker on the engine's backend. */
  startWorker: () => Promise<TileWorker>;
  /** Two or more. */
  threads: number;
  /** Why a worker is no more. */
  onDeath: (error: unknown) => void;
}

export class ParallelEngine implements Upscaler {
  readonly #engine: Engine;
  readonly #files = new Map<string, ModelFiles>();
  readonly #seats: WorkerSeat[];
  readonly #queue = new PQueue({ concurrency: 1 });
  readonly #disposed = new AbortController();

  /** `files` are those of the models that the engine has loaded. */
  constructor(engine: Engine, files: ModelFiles[], options: ParallelOptions) {
    this.#engine = engine;
    for (const each of files) this.#files.set(each.card.name, each);
    this.#seats = Array.from({ length: options.threads }, () => new WorkerSeat(options));
  }

  get backend() {
    return this.#engine.backend;
  }

  get threads(): number {
    return this.#seats.length;
  }

  get workers(): number {
    return this.#seats.filter((seat) => seat.isTaken).length;
  }

  has(model: string): boolean {
    return this.#engine.has(model);
  }

  async load(files: ModelFiles, signal: AbortSignal): Promise<void> {
    await this.#engine.load(files, signal);
    this.#files.set(files.card.name, files);
  }

  upscale(image: RgbaImage, options: UpscaleOptions): Promise<RgbaImage> {
    const signal = AbortSignal.any([options.signal, this.#disposed.signal]);
    return this.#queue.add(() => this.#upscaleNow(image, { ...options, signal }), { signal });
  }

  async dispose(): Promise<void> {
    this.#disposed.abort();
    await this.#queue.onIdle();
    for (const seat of this.#seats) seat.dispose();
    await this.#engine.dispose();
  }

  async #upscaleNow(image: RgbaImage, options: UpscaleOptions): Promise<RgbaImage> {
    const { model, signal, onProgress } = options;
    const plan = this.#engine.plan(image, model);
    const files = this.#files.get(model);
    if (plan.tiles.length === 1 || !files) return this.#engine.upscale(image, options);
    const job = new TileJob(image, plan, onProgress);
    const over = new AbortController();
    const end = AbortSignal.any([signal, over.signal]);
    const seats = this.#seats.slice(0, plan.tiles.length);
    const inPlace = (until: () => boolean) => this.#work(job, model, end, until);
    try {
      const shared = Promise.all([
        inPlace(() => seats.some((seat) => seat.isTaken)),
        // Two at a time: while a worker computes one tile, the next is on its way.
        ...[...seats, ...seats].map((seat) => seat.work(job, files, end)),
      ]);
      // All who could have left: what waits was given back.
      const rest = shared.then(() => inPlace(() => false)).then(() => job.done);
      await untilAborted(Promise.race([job.done, rest]), signal);
      return job.result;
    } finally {
      over.abort();
    }
  }

  /** On this thread, as long as tiles wait and `until` is not true. */
  async #work(job: TileJob, model: string, signal: AbortSignal, until: () => boolean) {
    while (!signal.aborted && !until()) {
      const placed = job.take();
      if (placed === null) return;
      await this.#engine.upscaleTile(placed, job.result, { model, signal });
      job.finish();
      await nextTask();
    }
  }
}
