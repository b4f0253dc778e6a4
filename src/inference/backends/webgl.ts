// Our WebGL2 backend: convolutions as fragment shaders over four channels a texel.
import type { Backend, Network, StartBackend } from '../backend';
import { BackendError, BackendLostError } from '../errors';
import { planNetwork } from '../gpu/network-plan';
import { preferHalf } from '../gpu/prefer-half';
import type { ModelFiles } from '../types';
import { WebGlDevice } from '../webgl/device';
import { WebGlNetwork } from '../webgl/network';
import { softwareRenderer } from '../webgl/software-renderer';

export const startWebGl: StartBackend = ({ allowSoftware = false }) => {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2', { antialias: false, depth: false });
  if (!gl) throw new BackendError('webgl', 'not in this browser');
  const backend = new WebGlBackend(gl);
  try {
    const software = softwareRenderer(gl);
    if (software !== null && !allowSoftware) {
      throw new BackendError('webgl', `only a software renderer (${software})`);
    }
    if (!gl.getExtension('EXT_color_buffer_float')) {
      throw new BackendError('webgl', 'cannot draw into floats');
    }
    return Promise.resolve(backend);
  } catch (error) {
    backend.dispose();
    throw error;
  }
};

class WebGlBackend implements Backend {
  readonly name = 'webgl';
  /** Textures are made for the largest tile; smaller ones use a part of them. */
  readonly wantsOneShape = false;
  readonly #device: WebGlDevice;
  readonly #lost = new AbortController();

  constructor(gl: WebGL2RenderingContext) {
    this.#device = new WebGlDevice(gl);
    gl.canvas.addEventListener('webglcontextlost', () => this.#lose());
  }

  get lost(): AbortSignal {
    // The event comes later.
    if (this.#device.gl.isContextLost()) this.#lose();
    return this.#lost.signal;
  }

  async load(files: ModelFiles, signal: AbortSignal): Promise<Network> {
    const plan = planNetwork(files);
    const formats = { half: 'RGBA16F', full: 'RGBA32F' } as const;
    const load = (precision: keyof typeof formats) =>
      new WebGlNetwork(this.#device, plan, files, formats[precision]);
    return preferHalf(files, load, AbortSignal.any([signal, this.lost]));
  }

  dispose(): void {
    this.#device.dispose();
  }

  #lose(): void {
    this.#lost.abort(new BackendLostError('webgl', 'context lost'));
  }
}
