// The background's side of one worker: asks it, and notices when it has died.
import { BackendError } from '../errors';
import type { PlacedTile } from '../tiles';
import { untilAborted } from '../time-limit';
import type { EngineOptions, ModelFiles, RgbaImage } from '../types';
import { cutTile, pasteTile } from './cut-tile';
import type { WorkerAnswer, WorkerQuestion } from './protocol';

/** Makes a worker that runs serveTiles and holds `lock`; how depends on where the background may make one. */
export type SpawnWorker = (lock: string) => Promise<SpawnedWorker>;

export interface SpawnedWorker {
  port: MessagePort;
  terminate: () => void;
}

export interface TileWorkerOptions {
  spawn: SpawnWorker;
  engine: EngineOptions;
  /** A worker that takes longer to answer counts as dead. */
  limitMs: number;
}

/** The worker crashed, was ended or hangs. Its tile can be computed elsewhere. */
export class WorkerDiedError extends Error {
  override name = 'WorkerDiedError';
}

export class TileWorker {
  readonly #worker: SpawnedWorker;
  readonly #options: TileWorkerOptions;
  readonly #dead = new AbortController();
  readonly #models = new Map<string, Promise<void>>();
  /** Who waits for an answer, in the order of the questions. */
  readonly #waiting: ((answer: WorkerAnswer) => void)[] = [];

  private constructor(worker: SpawnedWorker, options: TileWorkerOptions) {
    this.#worker = worker;
    this.#options = options;
    worker.port.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => this.#waiting.shift()?.(data);
  }

  static async start(options: TileWorkerOptions): Promise<TileWorker> {
    const lock = `upres worker ${crypto.randomUUID()}`;
    const worker = new TileWorker(await options.spawn(lock), options);
    try {
      await worker.#answer();
      worker.#watch(lock);
      await worker.#ask({ kind: 'start', options: options.engine });
      return worker;
    } catch (error) {
      worker.dispose();
      throw error;
    }
  }

  get isDead(): boolean {
    return this.#dead.signal.aborted;
  }

  /** Also while the same model is on its way, for an image that did not wait for it. */
  load(files: ModelFiles): Promise<void> {
    const { name } = files.card;
    const known = this.#models.get(name);
    if (known) return known;
    const loading = this.#ask({ kind: 'load', files }).then(() => undefined);
    this.#models.set(name, loading);
    loading.catch(() => this.#models.delete(name));
    return loading;
  }

  /** Fills the tile's part of `result`. Rejects with WorkerDiedError, or as the engine does. */
  async upscale(whole: PlacedTile, result: RgbaImage, model: string): Promise<void> {
    const placed = cutTile(whole);
    const answer = await this.#ask({ kind: 'tile', model, placed }, [placed.image.data.buffer]);
    if (answer.kind !== 'tile') throw new Error(`the worker answered a tile with ${answer.kind}`);
    pasteTile(placed, answer.upscaled, whole, result);
  }

  /** Ends the worker; what is asked of it rejects with WorkerDiedError. */
  dispose(reason = 'was ended'): void {
    if (this.isDead) return;
    this.#dead.abort(new WorkerDiedError(`the worker ${reason}`));
    this.#worker.port.close();
    this.#worker.terminate();
  }

  async #ask(question: WorkerQuestion, transfer: Transferable[] = []): Promise<WorkerAnswer> {
    this.#dead.signal.throwIfAborted();
    const answered = this.#answer();
    this.#worker.port.postMessage(question, transfer);
    const answer = await answered;
    if (answer.kind !== 'failed') return answer;
    throw answer.isBackend ? new BackendError('wasm', answer.message) : new Error(answer.message);
  }

  async #answer(): Promise<WorkerAnswer> {
    const { limitMs } = this.#options;
    const timer = setTimeout(() => this.dispose(`did not answer for ${limitMs} ms`), limitMs);
    const message = new Promise<WorkerAnswer>((resolve) => this.#waiting.push(resolve));
    try {
      return await untilAborted(message, this.#dead.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Whoever waits for the lock gets it when the worker is gone. */
  #watch(lock: string): void {
    const { signal } = this.#dead;
    navigator.locks.request(lock, { signal }, () => this.dispose('died')).catch(() => null);
  }
}
