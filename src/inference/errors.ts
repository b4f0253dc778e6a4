// What can go wrong with a backend, as a type that the caller can tell from a bug or an abort.
import type { BackendName } from './types';

/**
 * The backend could not start, was lost, failed, or gave wrong pixels. The engine it came from is of no
 * more use: dispose it and choose again without this backend.
 */
export class BackendError extends Error {
  override name = 'BackendError';

  constructor(
    readonly backend: BackendName,
    message: string,
    options?: ErrorOptions,
  ) {
    super(`${backend}: ${message}`, options);
  }

  /** The error itself if it is one already. */
  static from(backend: BackendName, error: unknown): BackendError {
    if (error instanceof BackendError) return error;
    const reason = error instanceof Error ? error.message : String(error);
    return new BackendError(backend, reason, { cause: error });
  }
}

/** It answered, but with something else than its input upscaled. Unlike a lost device it will do so again. */
export class WrongPixelsError extends BackendError {
  override name = 'WrongPixelsError';
}

/** The device went away, as GPUs do now and then, whatever ran on them: a new engine on the same backend may do. */
export class BackendLostError extends BackendError {
  override name = 'BackendLostError';
}
