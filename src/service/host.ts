// Owns the engine: starts it when there is work, works on with another backend when one fails, and frees
// everything when idle. It does one piece of work at a time; the queue in front of it sees to that.
import { finishResult } from '../finish/finish-result';
import { BackendError, BackendLostError, WrongPixelsError } from '../inference/errors';
import type {
  BackendName,
  ModelFiles,
  ProbeEntry,
  RgbaImage,
  UpscaleOptions,
} from '../inference/types';
import type { Upscaler } from '../inference/upscaler';
import { log } from '../log';
import type { HostStatus } from '../messages';
import type { LoadedModel } from './model-store';

export interface HostOptions {
  startEngine: (files: ModelFiles, without: ReadonlySet<BackendName>) => Promise<Started>;
  loadModel: (name: string) => Promise<LoadedModel>;
  /** This backend gave wrong pixels where another one gave good ones. */
  onWrongPixels: (backend: BackendName) => Promise<void>;
  /** After this long without work the engine is disposed. */
  idleMs: number;
}

export interface Started {
  engine: Upscaler;
  probe: ProbeEntry[];
}

export interface HostAnswer {
  image: RgbaImage;
  backend: BackendName;
  /** Of the time it took, what went into starting the engine or loading the model. */
  startMs: number;
}

export class ModelHost {
  readonly #options: HostOptions;
  #engine: Upscaler | null = null;
  #status: Pick<HostStatus, 'backend' | 'probe'> = { backend: null, probe: [] };
  /** As they were last loaded since the background started. */
  readonly #models = new Map<string, HostStatus['models'][number]>();
  /** Backends that failed at work that another one then did. */
  readonly #faulty = new Set<BackendName>();
  #working = false;
  #restartWanted = false;
  /** tfjs has one backend at a time: the next engine starts when the last one is gone. */
  #disposed: Promise<void> = Promise.resolve();
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: HostOptions) {
    this.#options = options;
  }

  get status(): Pick<HostStatus, 'backend' | 'probe' | 'models' | 'threads' | 'workers'> {
    const models = [...this.#models.values()];
    const { threads = 0, workers = 0 } = this.#engine ?? {};
    return { ...this.#status, models, threads, workers };
  }

  /** Rejects with the signal's reason, NoBackendError, BackendError, or a fault of the model's files. */
  async upscale(image: RgbaImage, options: UpscaleOptions): Promise<HostAnswer> {
    if (this.#working) throw new Error('the host does one piece of work at a time');
    this.#working = true;
    clearTimeout(this.#idleTimer);
    try {
      await (this.#restartWanted ? this.dispose() : this.#disposed);
      return await this.#upscaleOrElsewhere(image, options);
    } finally {
      this.#working = false;
      this.#idleTimer = setTimeout(() => void this.#disposeIfIdle(), this.#options.idleMs);
    }
  }

  /** Choose the backend anew, since the setting has changed. Work that runs is finished first. */
  restart(): void {
    this.#restartWanted = true;
    void this.#disposeIfIdle();
  }

  /** Frees everything; the next work starts anew. */
  async dispose(): Promise<void> {
    clearTimeout(this.#idleTimer);
    const engine = this.#engine;
    this.#engine = null;
    if (this.#restartWanted) this.#faulty.clear();
    this.#restartWanted = false;
    if (engine !== null) this.#disposed = engine.dispose();
    await this.#disposed;
  }

  async #disposeIfIdle(): Promise<void> {
    if (!this.#working) await this.dispose();
  }

  async #upscaleOrElsewhere(image: RgbaImage, options: UpscaleOptions): Promise<HostAnswer> {
    try {
      return await this.#upscaleOrRebuild(image, options);
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      await this.#giveUp(error);
      this.#faulty.add(error.backend);
      try {
        const answer = await this.#upscaleOnce(image, options);
        if (error instanceof WrongPixelsError) await this.#options.onWrongPixels(error.backend);
        return answer;
      } catch (again) {
        // Not the backend was at fault but the image, or there is no other backend: it gets its chance again.
        this.#faulty.delete(error.backend);
        await this.dispose();
        throw again;
      }
    }
  }

  /** Where the device went away, the work is done again on a new one, once. */
  async #upscaleOrRebuild(image: RgbaImage, options: UpscaleOptions): Promise<HostAnswer> {
    try {
      return await this.#upscaleOnce(image, options);
    } catch (error) {
      if (!(error instanceof BackendLostError)) throw error;
      await this.#giveUp(error);
      return this.#upscaleOnce(image, options);
    }
  }

  async #giveUp({ backend, message }: BackendError): Promise<void> {
    log('backend-failed', { backend, detail: message });
    await this.dispose();
  }

  async #upscaleOnce(image: RgbaImage, options: UpscaleOptions): Promise<HostAnswer> {
    const startedAt = performance.now();
    const engine = await this.#engineWith(options.model);
    const startMs = performance.now() - startedAt;
    options.signal.throwIfAborted();
    const result = await engine.upscale(image, options);
    const finished = finishResult(image, result);
    switch (finished.kind) {
      case 'good':
        return { image: result, backend: engine.backend, startMs };
      case 'faulty':
        throw new WrongPixelsError(engine.backend, `result has ${finished.fault}`);
    }
  }

  async #engineWith(model: string): Promise<Upscaler> {
    if (this.#engine?.has(model)) return this.#engine;
    const { files, weightsFrom } = await this.#options.loadModel(model);
    if (this.#engine === null) {
      const { engine, probe } = await this.#options.startEngine(files, this.#faulty);
      this.#engine = engine;
      this.#status = { backend: engine.backend, probe };
    } else {
      await this.#engine.load(files, new AbortController().signal);
    }
    this.#models.set(model, { name: model, version: files.card.version, weightsFrom });
    return this.#engine;
  }
}
