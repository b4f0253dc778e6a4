// Starts an engine on a backend, by name.
import { Engine } from './engine';
import { startBackend } from './start-backend';
import type { BackendName, EngineOptions } from './types';

/** Rejects with a BackendError that says why, or with the signal's reason. */
export async function engineOn(
  name: BackendName,
  options: EngineOptions,
  signal: AbortSignal,
): Promise<Engine> {
  return new Engine(await startBackend(name, options, signal), options.tileSize);
}
