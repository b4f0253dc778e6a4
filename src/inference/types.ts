// The words that the inference code shares.

/** Output pixels per input pixel, in each direction. */
export type Scale = 2 | 4;

/** Ours, and those of TensorFlow.js, which are the reference and the fallback. */
export const BACKEND_NAMES = [
  'webgpu',
  'webgl',
  'wasm',
  'tfjs-webgpu',
  'tfjs-webgl',
  'tfjs-wasm',
  'tfjs-cpu',
] as const;
export type BackendName = (typeof BACKEND_NAMES)[number];

/** Pixels of a picture: RGBA, 8 bits, straight (not premultiplied) alpha, row by row from the top. */
export interface RgbaImage {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** The files of one model as they lie in the package (and decoded in the cache). */
export interface ModelFiles {
  /** `model.json`, TensorFlow.js layers format. */
  topology: unknown;
  /** Decoded weights by name, float32. */
  weights: Record<string, { shape: number[]; values: Float32Array }>;
  card: ModelCard;
  /** `golden.bin`: input RGB bytes, then output RGB bytes; the shapes stand in the card. */
  golden: Uint8Array;
}

/** What the program reads of `card.json`. */
export interface ModelCard {
  name: string;
  version: string;
  scale: Scale;
  /** Radius in input pixels = the halo of a tile. */
  receptiveField: number;
  params: number;
  macsPerPixel: number;
  /** [height, width, 3] each. */
  golden: { input: [number, number, number]; output: [number, number, number] };
  sha256: Record<'model.json' | 'weights.bin' | 'golden.bin', string>;
}

/** Where and how an engine may start. */
export interface EngineOptions {
  /** URL prefix of the `.wasm` files of tfjs, with its slash at the end. */
  wasmPath: string;
  /** Let WebGL and WebGPU start on a software renderer, which is slower than WASM. For tests. */
  allowSoftware?: boolean;
  /** Largest side of a tile, halo included. For measuring; the default was measured. */
  tileSize?: number;
}

export interface UpscaleOptions {
  /** Name (`card.name`) of a model that was loaded. */
  model: string;
  signal: AbortSignal;
  /** Tiles done of all, after each tile. */
  onProgress?: (done: number, total: number) => void;
}

/** What became of one candidate of the probe, in the order tried; `problem` null: it passed. */
export interface ProbeEntry {
  backend: BackendName;
  /** Milliseconds of one warm tile; null when it never got that far. */
  ms: number | null;
  problem: string | null;
}
