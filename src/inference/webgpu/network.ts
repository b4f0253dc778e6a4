// A model on WebGPU. Tiles of floats go in and out by `run`; whole pictures are drawn without leaving the GPU.
import type { Drawing, Network } from '../backend';
import type { NetworkPlan } from '../gpu/network-plan';
import { groupsOf } from '../gpu/slots';
import type { ModelFiles, RgbaImage } from '../types';
import { workgroupsFor, type WebGpuDevice } from './device';
import { WebGpuDrawing } from './drawing';
import { valuesKernel } from './end-kernels';
import { Layers } from './layers';
import type { Real } from './pass-kernel';

export class WebGpuNetwork implements Network {
  private constructor(
    readonly device: WebGpuDevice,
    readonly layers: Layers,
    readonly plan: NetworkPlan,
    readonly halo: number,
    readonly real: Real,
    readonly values: GPUComputePipeline,
  ) {}

  static async compile(
    device: WebGpuDevice,
    plan: NetworkPlan,
    files: ModelFiles,
    real: Real,
  ): Promise<WebGpuNetwork> {
    const layers = await Layers.compile(device, plan, files, real);
    const values = await device.pipeline(valuesKernel(groupsOf(plan.scale ** 2 * 3), real));
    return new WebGpuNetwork(device, layers, plan, files.card.receptiveField, real, values);
  }

  async run(
    input: Float32Array,
    width: number,
    height: number,
    signal: AbortSignal,
  ): Promise<Float32Array> {
    const { gpu } = this.device;
    const image = this.#upload(input, width, height);
    const bytes = width * height * groupsOf(this.plan.scale ** 2 * 3) * 16;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
    const floats = this.device.buffer(usage, bytes);
    try {
      const tile = this.layers.encode(image.createView(), {
        ...{ origin: [1, 1], width, height, alphaAsGrey: false },
        ...{ core: [0, 0, width, height], pictureWidth: width },
      });
      const buffers = [tile.tile, null, tile.values, floats];
      const entries = buffers.flatMap((buffer, binding) =>
        buffer === null ? [] : [{ binding, resource: { buffer } }],
      );
      const layout = this.values.getBindGroupLayout(0);
      tile.pass.setPipeline(this.values);
      tile.pass.setBindGroup(0, gpu.createBindGroup({ layout, entries }));
      tile.pass.dispatchWorkgroups(...workgroupsFor(width, height));
      tile.submit();
      return new Float32Array(await this.device.read(floats, signal));
    } finally {
      image.destroy();
      floats.destroy();
    }
  }

  draw(image: RgbaImage): Promise<Drawing> | null {
    const { width, height } = image;
    const { scale } = this.plan;
    const { maxTextureDimension2D, maxStorageBufferBindingSize } = this.device.gpu.limits;
    if (Math.max(width, height) > maxTextureDimension2D) return null;
    if (width * height * scale * scale * 4 > maxStorageBufferBindingSize) return null;
    return WebGpuDrawing.start(this, image);
  }

  dispose(): void {
    this.layers.dispose();
  }

  /** With the zeros around the tile that a convolution sees there. */
  #upload(input: Float32Array, width: number, height: number): GPUTexture {
    const { gpu } = this.device;
    const [columns, rows] = [width + 2, height + 2];
    const texels = new Float32Array(columns * rows * 4);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const from = (y * width + x) * 3;
        texels.set(input.subarray(from, from + 3), ((y + 1) * columns + x + 1) * 4);
      }
    }
    const usage = GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST;
    const texture = gpu.createTexture({ size: [columns, rows], format: 'rgba32float', usage });
    gpu.queue.writeTexture({ texture }, texels, { bytesPerRow: columns * 16 }, [columns, rows]);
    return texture;
  }
}
