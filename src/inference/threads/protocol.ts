// What the background and one worker say to each other over their port. Each question gets one answer, in order;
// the next may be asked before, so that the worker need not wait for it.
import type { PlacedTile } from '../tiles';
import type { EngineOptions, ModelFiles, RgbaImage } from '../types';

/** Handed to a new worker together with its port. Its first answer says that it holds the lock. */
export interface WorkerBirth {
  /** Name of the Web Lock that the worker holds as long as it lives: by it the background knows of its death. */
  lock: string;
}

export type WorkerQuestion =
  | { kind: 'start'; options: EngineOptions }
  | { kind: 'load'; files: ModelFiles }
  /** The pixels are handed over, not copied. */
  | { kind: 'tile'; model: string; placed: PlacedTile };

export type WorkerAnswer =
  | { kind: 'done' }
  /** The upscaled piece, of which only the tile's own part is computed. */
  | { kind: 'tile'; upscaled: RgbaImage }
  /** `isBackend`: a BackendError; else a fault of the caller or of the model's files. */
  | { kind: 'failed'; isBackend: boolean; message: string };
