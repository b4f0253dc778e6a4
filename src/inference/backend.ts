// Starts one backend of tfjs, by name, and frees all that it holds.
import {
  backend as currentBackend,
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
import { BackendError } from './errors';
import { untilAborted } from './time-limit';
import type { BackendName, EngineOptions } from './types';

/** tfjs has one current backend for the whole program, so there is at most one of these. */
let running: RunningBackend | null = null;
let wasmPathSet: string | null = null;

export class RunningBackend {
  readonly #lost = new AbortController();
  readonly #freeDevice: () => void;

  private constructor(readonly name: BackendName) {
    this.#freeDevice = this.#watchDevice();
  }

  /** Rejects with a BackendError that says why, or with the signal's reason. */
  static async start(
    name: BackendName,
    { wasmPath, allowSoftware = false }: EngineOptions,
    signal: AbortSignal,
  ): Promise<RunningBackend> {
    if (running) throw new Error(`${running.name} still runs: dispose it before ${name}`);
    if (!findBackendFactory(name)) throw new BackendError(name, 'not in this browser');
    try {
      env().set('SOFTWARE_WEBGL_ENABLED', allowSoftware);
      // A service worker has no Worker, which tfjs would ask for.
      env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      if (wasmPathSet !== wasmPath) setWasmPaths(wasmPath);
      wasmPathSet = wasmPath;
      if (name === 'webgpu') await requireAdapter(allowSoftware, signal);
      // setBackend answers false where it fails, and tfjs would then quietly stay on another.
      const started = await untilAborted(setBackend(name), signal);
      if (!started || getBackend() !== name) throw new BackendError(name, 'did not start');
      running = new RunningBackend(name);
      if (name === 'webgl' && !allowSoftware) requireHardware();
      return running;
    } catch (error) {
      if (running) running.dispose();
      else reset(name);
      signal.throwIfAborted();
      throw BackendError.from(name, error);
    }
  }

  /** Whether each shape of a tensor costs shaders and textures that are kept. */
  get wantsOneShape(): boolean {
    return this.name === 'webgl' || this.name === 'webgpu';
  }

  /** Aborted, with a BackendError, when nothing more can be run: what waits for a lost device waits for ever. */
  get lost(): AbortSignal {
    return this.#lost.signal;
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
    const lose = (message: string) => this.#lost.abort(new BackendError(this.name, message));
    switch (this.name) {
      case 'webgl': {
        const { gl } = (currentBackend() as MathBackendWebGL).gpgpu;
        gl.canvas.addEventListener('webglcontextlost', () => lose('context lost'));
        return () => gl.getExtension('WEBGL_lose_context')?.loseContext();
      }
      case 'webgpu': {
        const { device } = currentBackend() as WebGPUBackend;
        void device.lost.then(({ message }) => lose(`device lost: ${message}`));
        return () => device.destroy();
      }
      case 'wasm':
      case 'cpu':
        return () => {};
    }
  }
}

/** Removes the instance, also one that is still starting, and keeps the way to start another. */
function reset(name: BackendName): void {
  const factory = findBackendFactory(name);
  removeBackend(name);
  registerBackend(name, factory);
}

/**
 * An early way out, not the decision: the probe would find a software renderer slow too, but only after
 * seconds, and `failIfMajorPerformanceCaveat`, which tfjs asks for, lets SwiftShader pass.
 */
function requireHardware(): void {
  const { gl } = (currentBackend() as MathBackendWebGL).gpgpu;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  if (/swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer)) {
    throw new BackendError('webgl', `only a software renderer (${renderer})`);
  }
}

async function requireAdapter(allowSoftware: boolean, signal: AbortSignal): Promise<void> {
  const adapter = await untilAborted(navigator.gpu.requestAdapter(), signal);
  if (!adapter) throw new BackendError('webgpu', 'no adapter');
  // Newer than the types that tfjs brings.
  const { info } = adapter as { info?: { isFallbackAdapter?: boolean } };
  if (info?.isFallbackAdapter && !allowSoftware) {
    throw new BackendError('webgpu', 'only a software adapter');
  }
}
