// Upres on several threads, as the extension runs it where the processor computes.
import { engineOn } from '../../../src/inference/engine-on';
import { ParallelEngine } from '../../../src/inference/threads/parallel-engine';
import { TileWorker, type SpawnedWorker } from '../../../src/inference/threads/tile-worker';
import type { ModelFiles, RgbaImage, Scale } from '../../../src/inference/types';
import type { Contestant } from '../contestant';
import { readModel } from '../read-model';

const { signal } = new AbortController();
const engineOptions = { wasmPath: '/wasm/' };
const limitMs = 60_000;

export class UpresThreads implements Contestant {
  /** The network alone is not shared between threads. */
  readonly prepareNetwork = null;
  #files: ModelFiles | null = null;
  #engine: ParallelEngine | null = null;

  constructor(
    readonly model: string,
    readonly scale: Scale,
    readonly threads: number,
  ) {}

  get macsPerPixel(): number | null {
    return this.#files?.card.macsPerPixel ?? null;
  }

  /** As in the extension, the first image does not wait for the workers. */
  async load(): Promise<void> {
    this.#files = await readModel(this.model, this.scale);
    const inPlace = await engineOn('wasm', engineOptions, signal);
    await inPlace.load(this.#files, signal);
    this.#engine = new ParallelEngine(inPlace, [this.#files], {
      startWorker: () => TileWorker.start({ spawn, engine: engineOptions, limitMs }),
      threads: this.threads,
      onDeath: (error) => {
        throw error;
      },
    });
  }

  async upscale(image: RgbaImage): Promise<RgbaImage> {
    if (!this.#engine) throw new Error('not loaded');
    return this.#engine.upscale(image, { model: this.model, signal });
  }

  async dispose(): Promise<void> {
    await this.#engine?.dispose();
  }
}

async function spawn(lock: string): Promise<SpawnedWorker> {
  const worker = new Worker(new URL('../tile-worker.ts', import.meta.url), { type: 'module' });
  const { port1: port, port2 } = new MessageChannel();
  worker.postMessage({ lock }, [port2]);
  return { port, terminate: () => worker.terminate() };
}
