// Runs models on one backend, tile by tile.
//
//   const engine = await Engine.start('wasm', { wasmPath }, signal);       or chooseEngine() of probe.ts
//   await engine.load(files, signal);      // proved by its golden sample; more than one model may be loaded
//   const result = await engine.upscale(image, { model: files.card.name, signal, onProgress });
//   await engine.dispose();                // ends what runs, frees everything
//
// Rejections: the signal's reason (an AbortError) when aborted; BackendError when the backend is lost, fails
// or gives wrong pixels: then dispose the engine and choose again without that backend; any other Error is a
// fault of the caller or of the model's files.
//
// Who frees what: each tile's input and result are freed here as soon as the result is read; the weights
// belong to the models, which are freed by dispose(). One tile is in flight at a time, so apart from the
// input and output pixels memory is bounded by the tile.
import { engine as tfjsEngine, tensor4d } from '@tensorflow/tfjs-core';
import PQueue from 'p-queue';
import { RunningBackend } from './backend';
import { bleedColours } from './bleed';
import { BackendError } from './errors';
import { goldenDifference, goldenInput, GOLDEN_TOLERANCE } from './golden';
import { Model } from './model';
import { alphaRange, fillAlpha, readAlpha, readColours, writeAlpha, writeColours } from './pixels';
import { checkTile } from './tile-check';
import { planTiles, TILE_SIZE, type Tile } from './tiles';
import { nextTask, untilAborted } from './time-limit';
import type { BackendName, EngineOptions, ModelFiles, RgbaImage, UpscaleOptions } from './types';

/** A tile takes 10 to 100 ms; a driver that has not answered by now has hung. */
const TILE_LIMIT_MS = 20_000;

interface LoadedModel {
  model: Model;
  shape: { size: number; halo: number; scale: number };
}

export class Engine {
  readonly #backend: RunningBackend;
  readonly #models = new Map<string, LoadedModel>();
  readonly #queue = new PQueue({ concurrency: 1 });
  readonly #disposed = new AbortController();
  readonly #tileSize: number;
  /** The only input buffer: one tile is in flight at a time. */
  readonly #input: Float32Array;

  private constructor(backend: RunningBackend, tileSize: number) {
    this.#backend = backend;
    this.#tileSize = tileSize;
    this.#input = new Float32Array(tileSize * tileSize * 3);
  }

  static async start(
    name: BackendName,
    options: EngineOptions,
    signal: AbortSignal,
  ): Promise<Engine> {
    const { tileSize = TILE_SIZE } = options;
    return new Engine(await RunningBackend.start(name, options, signal), tileSize);
  }

  get backend(): BackendName {
    return this.#backend.name;
  }

  has(model: string): boolean {
    return this.#models.has(model);
  }

  /** Brings a model onto the backend and proves it by its golden sample, which also warms it up. */
  async load(files: ModelFiles, signal: AbortSignal): Promise<void> {
    const { name, receptiveField, scale } = files.card;
    if (this.has(name)) throw new Error(`model ${name} is loaded already`);
    this.#disposed.signal.throwIfAborted();
    const model = new Model(files);
    const loaded = { model, shape: { size: this.#tileSize, halo: receptiveField, scale } };
    this.#models.set(name, loaded);
    try {
      const result = await this.upscale(goldenInput(files), { model: name, signal });
      const difference = goldenDifference(files, result);
      if (difference > GOLDEN_TOLERANCE) {
        throw new BackendError(this.backend, `golden sample of ${name} is off by ${difference}`);
      }
    } catch (error) {
      this.#models.delete(name);
      model.dispose();
      throw error;
    }
  }

  /** Images wait for each other. */
  upscale(image: RgbaImage, options: UpscaleOptions): Promise<RgbaImage> {
    const signal = AbortSignal.any([options.signal, this.#disposed.signal]);
    return this.#queue.add(() => this.#upscaleNow(image, { ...options, signal }), { signal });
  }

  async dispose(): Promise<void> {
    this.#disposed.abort();
    await this.#queue.onIdle();
    for (const { model } of this.#models.values()) model.dispose();
    this.#models.clear();
    this.#backend.dispose();
  }

  async #upscaleNow(
    source: RgbaImage,
    { model, signal, onProgress }: UpscaleOptions,
  ): Promise<RgbaImage> {
    const loaded = this.#models.get(model);
    if (!loaded) throw new Error(`model ${model} is not loaded`);
    const { width, height } = source;
    if (width < 1 || height < 1 || source.data.length !== width * height * 4) {
      throw new Error(`${source.data.length} bytes are no RGBA image of ${width}x${height}`);
    }
    const { scale, halo, size } = loaded.shape;
    const result: RgbaImage = {
      width: width * scale,
      height: height * scale,
      data: new Uint8ClampedArray(width * height * scale * scale * 4),
    };
    const image = bleedColours(source);
    const tiles = planTiles(width, height, halo, size);
    for (const [i, tile] of tiles.entries()) {
      await this.#upscaleTile(loaded, image, tile, result, signal);
      onProgress?.(i + 1, tiles.length);
      await nextTask();
      signal.throwIfAborted();
    }
    return result;
  }

  async #upscaleTile(
    loaded: LoadedModel,
    image: RgbaImage,
    tile: Tile,
    result: RgbaImage,
    signal: AbortSignal,
  ): Promise<void> {
    const { shape } = loaded;
    readColours(image, tile, shape, this.#input);
    writeColours(await this.#run(loaded, signal), tile, shape, result);

    // Transparency is upscaled apart, as grey. Where it is the same all around the tile (an opaque image),
    // writeAlpha would give just that.
    const { x, y, width, height } = tile;
    const around = { x: x - 1, y: y - 1, width: width + 2, height: height + 2 };
    const { min, max } = alphaRange(image, around);
    if (min === max) {
      fillAlpha(min, tile, shape.scale, result);
    } else {
      readAlpha(image, tile, shape, this.#input);
      writeAlpha(await this.#run(loaded, signal), image, tile, shape, result);
    }
  }

  /** Runs the tile in #input. */
  async #run({ model, shape }: LoadedModel, signal: AbortSignal): Promise<Float32Array> {
    const { lost } = this.#backend;
    const end = AbortSignal.any([signal, lost, AbortSignal.timeout(TILE_LIMIT_MS)]);
    end.throwIfAborted();
    const input = tensor4d(this.#input, [1, shape.size, shape.size, 3]);
    try {
      const output = model.run(input);
      try {
        const values = await untilAborted(output.data<'float32'>(), end);
        lost.throwIfAborted();
        checkTile(this.#input, values);
        return values;
      } finally {
        output.dispose();
      }
    } catch (error) {
      signal.throwIfAborted();
      lost.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      throw new BackendError(this.backend, reason, { cause: error });
    } finally {
      input.dispose();
    }
  }
}

/** Tensors alive in tfjs. Not `tf.memory()`: that starts a backend where none runs. */
export function countTensors(): number {
  return tfjsEngine().state.numTensors;
}
