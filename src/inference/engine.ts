// Runs models on one backend, tile by tile.
//
//   const engine = await engineOn('wasm', { wasmPath }, signal);       or chooseEngine() of probe.ts
//   await engine.load(files, signal);      // proved by its golden sample; more than one model may be loaded
//   const result = await engine.upscale(image, { model: files.card.name, signal, onProgress });
//   await engine.dispose();                // ends what runs, frees everything
//
// Rejections: the signal's reason (an AbortError) when aborted; BackendError when the backend is lost, fails
// or gives wrong pixels: then dispose the engine and choose again without that backend; any other Error is a
// fault of the caller or of the model's files.
//
// Who frees what: the backend and the networks on it belong to the engine and are freed by dispose(). One
// tile is in flight at a time, so apart from the input and output pixels memory is bounded by the tile.
import PQueue from 'p-queue';
import type { Backend, Network } from './backend';
import { blankUpscaled } from './blank';
import { bleedColours } from './bleed';
import { drawTiles, type Guard } from './draw-tiles';
import { BackendError, WrongPixelsError } from './errors';
import { goldenDifference, goldenInput, GOLDEN_TOLERANCE } from './golden';
import { measured } from './measured';
import { runTile, type RunNetwork } from './run-tile';
import { faultOfTile } from './tile-check';
import {
  fitTile,
  planTiles,
  TILE_SIZE,
  type PlacedTile,
  type TilePlan,
  type TileShape,
} from './tiles';
import { nextTask, untilAborted } from './time-limit';
import type { BackendName, ModelFiles, RgbaImage, UpscaleOptions } from './types';
import type { Upscaler } from './upscaler';

/** A tile takes 10 to 100 ms; a driver that has not answered by now has hung. */
const TILE_LIMIT_MS = 20_000;

/** Work on a lost device fails a moment before the loss is told: what fails by itself waits this long for that. */
const LOSS_LIMIT_MS = 1000;

type ImageSize = Pick<RgbaImage, 'width' | 'height'>;

interface LoadedModel {
  network: Network;
  halo: number;
  scale: number;
}

export class Engine implements Upscaler {
  readonly threads = 1;
  readonly workers = 0;
  readonly #backend: Backend;
  readonly #models = new Map<string, LoadedModel>();
  readonly #queue = new PQueue({ concurrency: 1 });
  readonly #disposed = new AbortController();
  /** The only input buffer: one tile is in flight at a time. */
  readonly #input: Float32Array;

  /** It owns the backend from now on. */
  constructor(
    backend: Backend,
    /** Side of a tile, or the longest one where tiles are cut to fit. */
    readonly tileSize = TILE_SIZE,
  ) {
    this.#backend = backend;
    this.#input = new Float32Array(tileSize * tileSize * 3);
  }

  get backend(): BackendName {
    return this.#backend.name;
  }

  has(model: string): boolean {
    return this.#models.has(model);
  }

  /** Brings a model onto the backend and proves it by its golden sample, which also warms it up. */
  async load(files: ModelFiles, signal: AbortSignal): Promise<void> {
    const { name } = files.card;
    const network = await measured(`bring ${name} onto ${this.backend}`, () =>
      this.#addNetwork(files, signal),
    );
    try {
      const result = await measured(`golden sample of ${name} on ${this.backend}`, () =>
        this.upscale(goldenInput(files), { model: name, signal }),
      );
      const difference = goldenDifference(files, result);
      if (difference > GOLDEN_TOLERANCE) {
        throw new BackendError(this.backend, `golden sample of ${name} is off by ${difference}`);
      }
    } catch (error) {
      this.#models.delete(name);
      network.dispose();
      throw error;
    }
  }

  /** Images wait for each other. */
  upscale(image: RgbaImage, options: UpscaleOptions): Promise<RgbaImage> {
    const signal = AbortSignal.any([options.signal, this.#disposed.signal]);
    return this.#queue.add(() => this.#upscaleNow(image, { ...options, signal }), { signal });
  }

  /** How upscale() cuts an image into tiles. */
  plan({ width, height }: ImageSize, model: string): TilePlan {
    const shape = this.#tileShape({ width, height }, this.#loaded(model));
    return { tiles: planTiles(width, height, shape), shape };
  }

  /** Fills one tile's part of `result`. The image has no transparent colours left to bleed. */
  upscaleTile(placed: PlacedTile, result: RgbaImage, options: UpscaleOptions): Promise<void> {
    const signal = AbortSignal.any([options.signal, this.#disposed.signal]);
    const { network } = this.#loaded(options.model);
    return this.#queue.add(() => this.#runTile(network, placed, result, signal), { signal });
  }

  async dispose(): Promise<void> {
    this.#disposed.abort();
    await this.#queue.onIdle();
    for (const { network } of this.#models.values()) network.dispose();
    this.#models.clear();
    this.#backend.dispose();
  }

  /** In the queue, so that dispose() waits for it. */
  #addNetwork(files: ModelFiles, wanted: AbortSignal): Promise<Network> {
    const { name, receptiveField, scale } = files.card;
    const signal = AbortSignal.any([wanted, this.#disposed.signal]);
    const add = async () => {
      if (this.has(name)) throw new Error(`model ${name} is loaded already`);
      const network = await this.#backend.load(files, signal);
      this.#models.set(name, { network, halo: receptiveField, scale });
      return network;
    };
    return this.#queue.add(add, { signal });
  }

  async #upscaleNow(
    source: RgbaImage,
    { model, signal, onProgress }: UpscaleOptions,
  ): Promise<RgbaImage> {
    const { network } = this.#loaded(model);
    const { width, height } = source;
    if (width < 1 || height < 1 || source.data.length !== width * height * 4) {
      throw new Error(`${source.data.length} bytes are no RGBA image of ${width}x${height}`);
    }
    const { tiles, shape } = this.plan(source, model);
    const image = bleedColours(source);
    const onTile = async (done: number) => {
      onProgress?.(done, tiles.length);
      await nextTask();
      signal.throwIfAborted();
    };
    const guard: Guard = (work) => this.#guard(work, signal);
    const drawing = await guard(async () => network.draw?.(image) ?? null);
    if (drawing)
      return drawTiles(drawing, { image, tiles, shape, onTile, backend: this.backend }, guard);
    const result = blankUpscaled(source, shape.scale);
    for (const [i, tile] of tiles.entries()) {
      await this.#runTile(network, { image, tile, shape }, result, signal);
      await onTile(i + 1);
    }
    return result;
  }

  #loaded(model: string): LoadedModel {
    const loaded = this.#models.get(model);
    if (!loaded) throw new Error(`model ${model} is not loaded`);
    return loaded;
  }

  #tileShape(image: ImageSize, { halo, scale }: LoadedModel): TileShape {
    const fit = (length: number) =>
      this.#backend.wantsOneShape ? this.tileSize : fitTile(length, halo, this.tileSize);
    return { width: fit(image.width), height: fit(image.height), halo, scale };
  }

  #runTile(network: Network, placed: PlacedTile, result: RgbaImage, signal: AbortSignal) {
    const run: RunNetwork = (input, shape) =>
      this.#guard(async (end) => {
        const output = await network.run(input, shape.width, shape.height, end, shape.halo);
        const fault = faultOfTile(input, output, shape);
        if (fault !== null) throw new WrongPixelsError(this.backend, fault);
        return output;
      }, signal);
    const { wantsOneShape } = this.#backend;
    return runTile(placed, result, {
      run,
      room: this.#input,
      tileSize: this.tileSize,
      wantsOneShape,
    });
  }

  /** What goes wrong in `work` is the backend's fault, unless the signal ended it. */
  async #guard<T>(work: (end: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    const { lost } = this.#backend;
    const end = AbortSignal.any([signal, lost, AbortSignal.timeout(TILE_LIMIT_MS)]);
    end.throwIfAborted();
    try {
      const result = await work(end);
      lost.throwIfAborted();
      return result;
    } catch (error) {
      if (error instanceof BackendError) throw error;
      const told = new Promise((resolve) => setTimeout(resolve, LOSS_LIMIT_MS));
      await untilAborted(told, AbortSignal.any([signal, this.#backend.lost]));
      throw BackendError.from(this.backend, error);
    }
  }
}
