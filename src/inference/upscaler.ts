// What upscales images, whether on the calling thread or on several.
import type { BackendName, ModelFiles, RgbaImage, UpscaleOptions } from './types';

export interface Upscaler {
  readonly backend: BackendName;
  /** Threads that compute when there is enough to do. */
  readonly threads: number;
  /** Workers that are there at the moment. */
  readonly workers: number;
  has(model: string): boolean;
  /** Brings a model onto the backend and proves it by its golden sample. */
  load(files: ModelFiles, signal: AbortSignal): Promise<void>;
  /** Images wait for each other. Rejections as those of Engine. */
  upscale(image: RgbaImage, options: UpscaleOptions): Promise<RgbaImage>;
  /** Ends what runs, frees everything. */
  dispose(): Promise<void>;
}
