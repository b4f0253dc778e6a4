// Our WebGPU backend: convolutions as compute kernels over four channels at a time.
import type { Backend, Network, StartBackend } from '../backend';
import { BackendLostError } from '../errors';
import { planNetwork } from '../gpu/network-plan';
import { preferHalf } from '../gpu/prefer-half';
import { untilAborted } from '../time-limit';
import type { ModelFiles } from '../types';
import { WebGpuDevice } from '../webgpu/device';
import { WebGpuNetwork } from '../webgpu/network';

export const startWebGpu: StartBackend = async ({ allowSoftware = false }, signal) =>
  new WebGpuBackend(await WebGpuDevice.start(allowSoftware, signal));

class WebGpuBackend implements Backend {
  readonly name = 'webgpu';
  readonly wantsOneShape = false;
  readonly #device: WebGpuDevice;
  readonly #lost = new AbortController();

  constructor(device: WebGpuDevice) {
    this.#device = device;
    void device.gpu.lost.then(({ message }) => {
      this.#lost.abort(new BackendLostError('webgpu', `device lost: ${message}`));
    });
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async load(files: ModelFiles, signal: AbortSignal): Promise<Network> {
    const plan = planNetwork(files);
    const end = AbortSignal.any([signal, this.lost]);
    const compile = (real: 'f16' | 'f32') =>
      untilAborted(WebGpuNetwork.compile(this.#device, plan, files, real), end);
    if (!this.#device.hasFloat16) return compile('f32');
    return preferHalf(files, (precision) => compile(precision === 'half' ? 'f16' : 'f32'), end);
  }

  dispose(): void {
    this.#device.dispose();
  }
}
