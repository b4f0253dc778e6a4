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
import { BackendError, WrongPixelsError } from './errors';
import { goldenDifference, goldenInput, GOLDEN_TOLERANCE } from './golden';
import { measured } from './measured';
import { readAlpha, readColours, repeatAlpha, writeAlpha, writeColours } from './pixels';
import { faultOfTile } from './tile-check';
import {
  fitTile,
  planTiles,
  TILE_SIZE,
  type PlacedTile,
  type Tile,
  type TilePlan,
  type TileShape,
} from './tiles';
import { nextTask } from './time-limit';
import type { BackendName, ModelFiles, RgbaImage, UpscaleOptions } from './types';
import { unevenAlpha } from './uneven-alpha';
import type { Upscaler } from './upscaler';

/** A tile takes 10 to 100 ms; a driver that has not answered by now has hung. */
const TILE_LIMIT_MS = 20_000;

type ImageSize = Pick<RgbaImage, 'width' | 'height'>;

/** The network on floats [height, width, 3] of a tile. */
type RunTile = (input: Float32Array, shape: TileShape) => Promise<Float32Array>;

interface LoadedModel {
  network: Network;
  halo: number;
  scale: number;
}

export class Engine implements Upscaler {
  readonly threads = 1;
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
  upscaleTile(
    { image, tile, shape }: PlacedTile,
    result: RgbaImage,
    options: UpscaleOptions,
  ): Promise<void> {
    const signal = AbortSignal.any([options.signal, this.#disposed.signal]);
    const { network } = this.#loaded(options.model);
    const run: RunTile = (input, size) => this.#run(network, input, size, signal);
    return this.#queue.add(() => this.#upscaleTile(image, tile, shape, result, run), { signal });
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
    const result = blankUpscaled(source, shape.scale);
    const image = bleedColours(source);
    for (const [i, tile] of tiles.entries()) {
      const run: RunTile = (input, size) => this.#run(network, input, size, signal);
      await this.#upscaleTile(image, tile, shape, result, run);
      onProgress?.(i + 1, tiles.length);
      await nextTask();
      signal.throwIfAborted();
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

  async #upscaleTile(
    image: RgbaImage,
    tile: Tile,
    shape: TileShape,
    result: RgbaImage,
    run: RunTile,
  ): Promise<void> {
    const input = this.#inputOf(shape);
    readColours(image, tile, shape, input);
    writeColours(await run(input, shape), tile, shape, result);

    // Transparency is upscaled apart, as grey, where it changes; elsewhere writeAlpha would give just what is
    // there.
    repeatAlpha(image, tile, shape.scale, result);
    const uneven = unevenAlpha(image, tile);
    if (uneven === null) return;
    const part = this.#backend.wantsOneShape ? tile : uneven;
    const partShape = this.#backend.wantsOneShape ? shape : shapeAround(part, shape, this.tileSize);
    const grey = this.#inputOf(partShape);
    readAlpha(image, part, partShape, grey);
    writeAlpha(await run(grey, partShape), image, part, partShape, result);
  }

  #inputOf({ width, height }: TileShape): Float32Array {
    return this.#input.subarray(0, width * height * 3);
  }

  async #run(
    network: Network,
    input: Float32Array,
    shape: TileShape,
    signal: AbortSignal,
  ): Promise<Float32Array> {
    const { lost } = this.#backend;
    const end = AbortSignal.any([signal, lost, AbortSignal.timeout(TILE_LIMIT_MS)]);
    end.throwIfAborted();
    try {
      const output = await network.run(input, shape.width, shape.height, end);
      lost.throwIfAborted();
      const fault = faultOfTile(input, output, shape);
      if (fault !== null) throw new WrongPixelsError(this.backend, fault);
      return output;
    } catch (error) {
      signal.throwIfAborted();
      lost.throwIfAborted();
      throw BackendError.from(this.backend, error);
    }
  }
}

/** The least that holds a part of a tile and its halo. */
function shapeAround(part: Tile, { halo, scale }: TileShape, tileSize: number): TileShape {
  const width = fitTile(part.width, halo, tileSize);
  const height = fitTile(part.height, halo, tileSize);
  return { width, height, halo, scale };
}
