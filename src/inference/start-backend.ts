// Every backend by name. Ours carry the bare names; those of tfjs are the reference, and step in where ours fail.
import type { Backend, StartBackend } from './backend';
import { startTfjs } from './backends/tfjs';
import { startWasm } from './backends/wasm';
import { startWebGl } from './backends/webgl';
import { startWebGpu } from './backends/webgpu';
import { BackendError } from './errors';
import type { BackendName, EngineOptions } from './types';

const starters: Partial<Record<BackendName, StartBackend>> = {
  wasm: startWasm,
  webgpu: startWebGpu,
  webgl: startWebGl,
  'tfjs-webgpu': startTfjs('tfjs-webgpu'),
  'tfjs-webgl': startTfjs('tfjs-webgl'),
  'tfjs-wasm': startTfjs('tfjs-wasm'),
  'tfjs-cpu': startTfjs('tfjs-cpu'),
};

/** Rejects with a BackendError that says why, or with the signal's reason. */
export async function startBackend(
  name: BackendName,
  options: EngineOptions,
  signal: AbortSignal,
): Promise<Backend> {
  const start = starters[name];
  if (!start) throw new BackendError(name, 'not built');
  try {
    return await start(options, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw BackendError.from(name, error);
  }
}
