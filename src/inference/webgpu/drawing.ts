// One picture on the GPU: it goes up once as bytes, tiles are read from it and drawn into the result, and that
// comes back once as bytes. Of each tile only its sums are read.
import type { Drawing, Plane, TileSums } from '../backend';
import { CHECK_GRID, sumUp } from '../gpu/check-grid';
import { groupsOf } from '../gpu/slots';
import type { Tile, TileShape } from '../tiles';
import type { RgbaImage } from '../types';
import { workgroupsFor } from './device';
import { checkKernel, pictureKernel } from './end-kernels';
import type { EncodedTile } from './layers';
import type { WebGpuNetwork } from './network';

export class WebGpuDrawing implements Drawing {
  readonly #network: WebGpuNetwork;
  readonly #size: { width: number; height: number };
  readonly #image: GPUTexture;
  readonly #picture: GPUBuffer;
  readonly #draw: GPUComputePipeline;
  readonly #check: GPUComputePipeline;

  private constructor(
    network: WebGpuNetwork,
    { width, height, data }: RgbaImage,
    draw: GPUComputePipeline,
    check: GPUComputePipeline,
  ) {
    const { device, plan } = network;
    this.#network = network;
    this.#draw = draw;
    this.#check = check;
    this.#size = { width: width * plan.scale, height: height * plan.scale };
    const usage = GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST;
    const size = [width, height];
    this.#image = device.gpu.createTexture({ size, format: 'rgba8unorm', usage });
    const destination = { texture: this.#image };
    // The types that tfjs brings know no shared memory here.
    const bytes = data as Uint8ClampedArray<ArrayBuffer>;
    device.gpu.queue.writeTexture(destination, bytes, { bytesPerRow: width * 4 }, size);
    this.#picture = device.buffer(
      GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
      this.#size.width * this.#size.height * 4,
    );
  }

  static async start(network: WebGpuNetwork, image: RgbaImage): Promise<WebGpuDrawing> {
    const { device, plan, halo, real } = network;
    const draw = await device.pipeline(pictureKernel(plan.scale, halo, real));
    const check = await device.pipeline(checkKernel(groupsOf(plan.scale ** 2 * 3), halo, real));
    return new WebGpuDrawing(network, image, draw, check);
  }

  async drawTile(
    plane: Plane,
    { x, y, width, height }: Tile,
    shape: TileShape,
    signal: AbortSignal,
  ): Promise<TileSums> {
    const { device, layers } = this.#network;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
    const sums = device.buffer(usage, CHECK_GRID * CHECK_GRID * 8);
    try {
      const tile = layers.encode(this.#image.createView(), {
        origin: [x - shape.halo, y - shape.halo],
        width: shape.width,
        height: shape.height,
        alphaAsGrey: plane === 'alpha',
        core: [x, y, width, height],
        pictureWidth: this.#size.width / shape.scale,
      });
      this.#bind(tile, this.#draw, this.#picture);
      tile.pass.dispatchWorkgroups(...workgroupsFor(width * shape.scale, height * shape.scale));
      this.#bind(tile, this.#check, sums);
      tile.pass.dispatchWorkgroups(...workgroupsFor(CHECK_GRID, CHECK_GRID));
      tile.submit();
      return sumUp(new Float32Array(await device.read(sums, signal)), 2);
    } finally {
      sums.destroy();
    }
  }

  async read(signal: AbortSignal): Promise<RgbaImage> {
    const bytes = await this.#network.device.read(this.#picture, signal);
    return { ...this.#size, data: new Uint8ClampedArray(bytes) };
  }

  dispose(): void {
    this.#image.destroy();
    this.#picture.destroy();
  }

  #bind({ pass, tile, values }: EncodedTile, pipeline: GPUComputePipeline, into: GPUBuffer): void {
    const entries = [
      { binding: 0, resource: { buffer: tile } },
      { binding: 1, resource: this.#image.createView() },
      { binding: 2, resource: { buffer: values } },
      { binding: 3, resource: { buffer: into } },
    ];
    pass.setPipeline(pipeline);
    const layout = pipeline.getBindGroupLayout(0);
    pass.setBindGroup(0, this.#network.device.gpu.createBindGroup({ layout, entries }));
  }
}
