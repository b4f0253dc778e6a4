// Starts one backend of tfjs, by name, and frees all that it holds.
import {
  backend as currentBackend,
  engine as tfjsEngine,
  env,
  findBackendFactory,
  getBackend,
  registerBackend,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgl';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import '@tensorflow/tfjs-backend-webgpu';
import type { Backend, Network, StartBackend } from '../backend';
import { BackendError, BackendLostError } from '../errors';
import { untilAborted } from '../time-limit';
import type { EngineOptions, ModelFiles } from '../types';
import { softwareRenderer } from '../webgl/software-renderer';
import { TfjsNetwork } from './tfjs-network';

/** The names that tfjs itself has for them. */
const tfjsNames = {
  'tfjs-webgpu': 'webgpu',
  'tfjs-webgl': 'webgl',
  'tfjs-wasm': 'wasm',
  'tfjs-cpu': 'cpu',
} as const;

type TfjsName = keyof typeof tfjsNames;

/** tfjs has one current backend for the whole program, so there is at most one of these. */
let running: TfjsBackend | null = null;
let wasmPathSet: string | null = null;

export function startTfjs(name: TfjsName): StartBackend {
  return (options, signal) => TfjsBackend.start(name, options, signal);
}

/** Tensors alive in tfjs. Not `tf.memory()`: that starts a backend where none runs. */
export function countTensors(): number {
  return tfjsEngine().state.numTensors;
}

class TfjsBackend implements Backend {
  readonly #lost = new AbortController();
  readonly #freeDevice: () => void;

  private constructor(readonly name: TfjsName) {
    this.#freeDevice = this.#watchDevice();
  }

  static async start(
    name: TfjsName,
    { wasmPath, allowSoftware = false }: EngineOptions,
    signal: AbortSignal,
  ): Promise<TfjsBackend> {
    const tfjsName = tfjsNames[name];
    if (running) throw new Error(`${running.name} still runs: dispose it before ${name}`);
    if (!findBackendFactory(tfjsName)) throw new BackendError(name, 'not in this browser');
    try {
      env().set('SOFTWARE_WEBGL_ENABLED', allowSoftware);
      // A service worker has no Worker, which tfjs would ask for.
      env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      if (wasmPathSet !== wasmPath) setWasmPaths(wasmPath);
      wasmPathSet = wasmPath;
      if (name === 'tfjs-webgpu') await requireAdapter(allowSoftware, signal);
      // setBackend answers false where it fails, and tfjs would then quietly stay on another.
      const started = await untilAborted(setBackend(tfjsName), signal);
      if (!started || getBackend() !== tfjsName) throw new BackendError(name, 'did not start');
      running = new TfjsBackend(name);
      if (name === 'tfjs-webgl' && !allowSoftware) requireHardware();
      return running;
    } catch (error) {
      if (running) running.dispose();
      else reset(name);
      throw error;
    }
  }

  get wantsOneShape(): boolean {
    return this.name === 'tfjs-webgl' || this.name === 'tfjs-webgpu';
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async load(files: ModelFiles): Promise<Network> {
    return new TfjsNetwork(files);
  }

  /** Frees the device and its caches. Every tensor must be disposed before. */
  dispose(): void {
    if (running !== this) return;
    running = null;
    reset(this.name);
    this.#freeDevice();
  }

  /** Notes the loss of the device, and returns what frees it: tfjs does neither. */
  #watchDevice(): () => void {
    const lose = (message: string) => this.#lost.abort(new BackendLostError(this.name, message));
    switch (this.name) {
      case 'tfjs-webgl': {
        const { gl } = (currentBackend() as MathBackendWebGL).gpgpu;
        gl.canvas.addEventListener('webglcontextlost', () => lose('context lost'));
        return () => gl.getExtension('WEBGL_lose_context')?.loseContext();
      }
      case 'tfjs-webgpu': {
        const { device } = currentBackend() as WebGPUBackend;
        void device.lost.then(({ message }) => lose(`device lost: ${message}`));
        return () => device.destroy();
      }
      case 'tfjs-wasm':
      case 'tfjs-cpu':
        return () => {};
    }
  }
}

/** Removes the instance, also one that is still starting, and keeps the way to start another. */
function reset(name: TfjsName): void {
  const tfjsName = tfjsNames[name];
  const factory = findBackendFactory(tfjsName);
  removeBackend(tfjsName);
  registerBackend(tfjsName, factory);
}

function requireHardware(): void {
  const software = softwareRenderer((currentBackend() as MathBackendWebGL).gpgpu.gl);
  if (software !== null) {
    throw new BackendError('tfjs-webgl', `only a software renderer (${software})`);
  }
}

async function requireAdapter(allowSoftware: boolean, signal: AbortSignal): Promise<void> {
  const adapter = await untilAborted(navigator.gpu.requestAdapter(), signal);
  if (!adapter) throw new BackendError('tfjs-webgpu', 'no adapter');
  // Newer than the types that tfjs brings.
  const { info } = adapter as { info?: { isFallbackAdapter?: boolean } };
  if (info?.isFallbackAdapter && !allowSoftware) {
    throw new BackendError('tfjs-webgpu', 'only a software adapter');
  }
}
