// What the tile loop knows of a way to compute: one interface, whatever runs behind it.
//
// Who frees what: an engine owns one backend and its networks, and disposes the networks first. Buffers and
// tensors on the way through a network are the network's own.
import type { Tile, TileShape } from './tiles';
import type { BackendName, EngineOptions, ModelFiles, RgbaImage } from './types';

/** One way to compute networks on this machine. */
export interface Backend {
  readonly name: BackendName;
  /** Whether each shape of a tile costs something that is kept (shaders, textures). */
  readonly wantsOneShape: boolean;
  /** Aborted, with a BackendLostError, when nothing more can run: what waits for a lost device waits for ever. */
  readonly lost: AbortSignal;
  load(files: ModelFiles, signal: AbortSignal): Promise<Network>;
  dispose(): void;
}

/** A model on a backend. One run at a time. */
export interface Network {
  /**
   * RGB floats [height, width, 3] of one tile to [height, width, s, s, 3], not clamped. Resolves with a view
   * that is valid until the next run; rejects with the signal's reason, after which it may be called again.
   * So many pixels as `halo` says need not be right at each side; what they would take may be saved.
   */
  run(
    input: Float32Array,
    width: number,
    height: number,
    signal: AbortSignal,
    halo?: number,
  ): Promise<Float32Array>;
  /** On a GPU: a picture whose pixels stay there from upload to result; null where it is too large for that. */
  draw?(image: RgbaImage): Promise<Drawing> | Drawing | null;
  dispose(): void;
}

/** One picture on the GPU. Whoever started it disposes it. */
export interface Drawing {
  /** Upscales a plane of a tile into the result. Resolves when the GPU is done; calls may overlap. */
  drawTile(plane: Plane, tile: Tile, shape: TileShape, signal: AbortSignal): Promise<TileSums>;
  read(signal: AbortSignal): Promise<RgbaImage>;
  dispose(): void;
}

/** The colours of a tile, with each pixel's alpha for its whole block; or its alpha alone, upscaled as grey. */
export type Plane = 'colour' | 'alpha';

/** Over all colours of a tile's core: of what was read, and of what came out. */
export interface TileSums {
  input: number;
  output: number;
}

/** Rejects with a BackendError that says why, or with the signal's reason. */
export type StartBackend = (options: EngineOptions, signal: AbortSignal) => Promise<Backend>;
