// A WebGPU device of our own with the pipelines that were compiled for it. Owned by one backend.
import { untilAborted } from '../time-limit';

export class WebGpuDevice {
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(readonly gpu: GPUDevice) {}

  /** Float16 is taken where there is arithmetic for it. */
  static async start(allowSoftware: boolean, signal: AbortSignal): Promise<WebGpuDevice> {
    // Not in every browser, whatever the types say.
    const { gpu } = navigator as { gpu?: GPU };
    const adapter = await untilAborted(gpu?.requestAdapter() ?? Promise.resolve(null), signal);
    if (!adapter) throw new Error('no adapter');
    // Newer than the types that tfjs brings.
    const { info } = adapter as { info?: { isFallbackAdapter?: boolean } };
    if (info?.isFallbackAdapter && !allowSoftware) throw new Error('only a software adapter');
    const requiredFeatures = (['shader-f16'] as const).filter((name) => adapter.features.has(name));
    return new WebGpuDevice(
      await untilAborted(adapter.requestDevice({ requiredFeatures }), signal),
    );
  }

  get hasFloat16(): boolean {
    return this.gpu.features.has('shader-f16');
  }

  pipeline(code: string): Promise<GPUComputePipeline> {
    const known = this.#pipelines.get(code);
    if (known) return known;
    const module = this.gpu.createShaderModule({ code });
    const made = this.gpu.createComputePipelineAsync({
      layout: 'auto',
      compute: { module, entryPoint: 'main' },
    });
    this.#pipelines.set(code, made);
    return made;
  }

  buffer(usage: GPUBufferUsageFlags, data: ArrayBuffer | number): GPUBuffer {
    const size = typeof data === 'number' ? data : data.byteLength;
    const buffer = this.gpu.createBuffer({ size, usage: usage | GPUBufferUsage.COPY_DST });
    if (typeof data !== 'number') this.gpu.queue.writeBuffer(buffer, 0, data);
    return buffer;
  }

  /** The bytes of a buffer once all that was submitted is done. */
  async read(source: GPUBuffer, signal: AbortSignal): Promise<ArrayBuffer> {
    const { size } = source;
    const copy = this.buffer(GPUBufferUsage.MAP_READ, size);
    try {
      const encoder = this.gpu.createCommandEncoder();
      encoder.copyBufferToBuffer(source, 0, copy, 0, size);
      this.gpu.queue.submit([encoder.finish()]);
      await untilAborted(copy.mapAsync(GPUMapMode.READ), signal);
      return copy.getMappedRange().slice(0);
    } finally {
      copy.destroy();
    }
  }

  dispose(): void {
    this.gpu.destroy();
  }
}

/** Of 8x8 invocations, to cover an area. */
export function workgroupsFor(width: number, height: number): [number, number] {
  return [Math.ceil(width / 8), Math.ceil(height / 8)];
}
