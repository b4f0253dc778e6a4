// What the bench asks of everybody: load, then upscale as often as it says.
import type { RgbaImage } from '../../src/inference/types';

export interface Contestant {
  /** Multiply-adds per input pixel; null where nobody says. */
  readonly macsPerPixel: number | null;
  load(): Promise<void>;
  upscale(image: RgbaImage): Promise<RgbaImage>;
  /** The network alone, or null where the library doesn't let one at it. */
  prepareNetwork: ((input: NetworkInput) => Promise<NetworkRun>) | null;
  dispose(): Promise<void>;
}

/** RGB floats in 0..1, [height, width, 3]. */
export interface NetworkInput {
  values: Float32Array;
  width: number;
  height: number;
}

/** Its input lies ready in the library's own layout; its result has the channels before the pixel shuffle. */
export interface NetworkRun {
  run(): Promise<Float32Array>;
  layout: 'channels last' | 'channels first';
}
