// The passes of a network as dispatches: compiled once, run for each tile.
import type { NetworkPlan } from '../gpu/network-plan';
import { partsOf, type PassPart } from '../gpu/pass-shape';
import type { ModelFiles } from '../types';
import { workgroupsFor, type WebGpuDevice } from './device';
import { toFloat16 } from './float16';
import { FIRST_SOURCE, passKernel, type Real } from './pass-kernel';
import { TILE_BYTES, tileBytes, type TileArea } from './tile-struct';

/** As many sums as registers hold: four pixels each. */
const MOST_GROUPS = 2;

interface Dispatch {
  pipeline: GPUComputePipeline;
  weights: GPUBuffer;
  /** Slot of each unit; undefined: the image. */
  units: (number | undefined)[];
  slot: number;
}

/** A tile whose passes are encoded: what comes after them reads its result. */
export interface EncodedTile {
  pass: GPUComputePassEncoder;
  /** Binding 0 of every kernel. */
  tile: GPUBuffer;
  values: GPUBuffer;
  submit(): void;
}

export class Layers {
  readonly #device: WebGpuDevice;
  readonly #plan: NetworkPlan;
  readonly #real: Real;
  readonly #dispatches: Dispatch[];
  readonly #tile: GPUBuffer;
  #slots: GPUBuffer[] = [];
  #size = '';

  private constructor(device: WebGpuDevice, plan: NetworkPlan, real: Real, dispatches: Dispatch[]) {
    this.#device = device;
    this.#plan = plan;
    this.#real = real;
    this.#dispatches = dispatches;
    this.#tile = device.buffer(GPUBufferUsage.UNIFORM, TILE_BYTES);
  }

  static async compile(
    device: WebGpuDevice,
    plan: NetworkPlan,
    files: ModelFiles,
    real: Real,
  ): Promise<Layers> {
    const limits = {
      weightBytes: device.gpu.limits.maxUniformBufferBindingSize,
      blockBytes: real === 'f16' ? 32 : 64,
      most: MOST_GROUPS,
    };
    const { slotOf } = plan.slots;
    const dispatches = plan.passes.flatMap((pass) =>
      partsOf(pass, plan, files.weights, limits).map(async (part) => ({
        pipeline: await device.pipeline(passKernel(part.shape, real)),
        weights: device.buffer(GPUBufferUsage.UNIFORM, packWeights(part, real)),
        units: part.reads.map((name) => slotOf.get(name)),
        slot: slotOf.get(pass.output) ?? -1,
      })),
    );
    return new Layers(device, plan, real, await Promise.all(dispatches));
  }

  /** Results are good until the next tile is encoded. */
  encode(image: GPUTextureView, area: TileArea): EncodedTile {
    const { gpu } = this.#device;
    const slots = this.#slotsFor(area.width, area.height);
    gpu.queue.writeBuffer(this.#tile, 0, tileBytes(area));
    const encoder = gpu.createCommandEncoder();
    const pass = encoder.beginComputePass();
    const slot = (at: number) => {
      const buffer = slots[at];
      if (!buffer) throw new Error(`no slot ${at}`);
      return { buffer };
    };
    for (const { pipeline, weights, units, slot: to } of this.#dispatches) {
      const sources = units.map((from, unit) =>
        from === undefined
          ? { binding: 1, resource: image }
          : { binding: FIRST_SOURCE + unit, resource: slot(from) },
      );
      const entries = [
        { binding: 0, resource: { buffer: this.#tile } },
        { binding: 2, resource: { buffer: weights } },
        { binding: 3, resource: slot(to) },
        ...sources,
      ];
      pass.setPipeline(pipeline);
      pass.setBindGroup(
        0,
        gpu.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }),
      );
      pass.dispatchWorkgroups(...workgroupsFor(area.width / 2, area.height / 2));
    }
    const { slotOf } = this.#plan.slots;
    return {
      pass,
      tile: this.#tile,
      values: slot(slotOf.get(this.#plan.output) ?? -1).buffer,
      submit: () => {
        pass.end();
        gpu.queue.submit([encoder.finish()]);
      },
    };
  }

  dispose(): void {
    for (const { weights } of this.#dispatches) weights.destroy();
    for (const buffer of this.#slots) buffer.destroy();
    this.#tile.destroy();
  }

  /** Fresh buffers are zero, and so is their border, until tiles of another size need another one. */
  #slotsFor(width: number, height: number): GPUBuffer[] {
    const size = `${width}x${height}`;
    if (size === this.#size) return this.#slots;
    for (const buffer of this.#slots) buffer.destroy();
    this.#size = size;
    const groupBytes = (width + 2) * (height + 2) * (this.#real === 'f16' ? 8 : 16);
    this.#slots = this.#plan.slots.groups.map((groups) =>
      this.#device.buffer(GPUBufferUsage.STORAGE, groups * groupBytes),
    );
    return this.#slots;
  }
}

/** The struct `Weights` of the kernel: the first group, padded, then vectors, then blocks. */
function packWeights({ first, vectors, blocks }: PassPart, real: Real): ArrayBuffer {
  const head = Int32Array.of(first, 0, 0, 0);
  const matrices = real === 'f16' ? toFloat16(blocks) : blocks;
  const parts = [head, vectors, matrices.length > 0 ? matrices : new Float32Array(16)];
  const bytes = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of parts) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes.buffer;
}
