// A model as WebAssembly that was written for it. It owns one memory, as large as the largest tile so far needs.
import type { Network } from '../backend';
import { graphOf } from '../graph';
import type { ModelFiles } from '../types';
import type { MultiplyAdd } from './instructions';
import { layOutMemory, type MemoryLayout } from './memory-layout';
import { writeModule } from './module';
import { planNetwork, type KernelCall, type Plan } from './plan';

type KernelFunction = (...params: number[]) => void;

interface Instance {
  memory: WebAssembly.Memory;
  kernels: Record<string, KernelFunction>;
}

const PAGE_BYTES = 65536;

export class WasmNetwork implements Network {
  readonly #plan: Plan;
  #instance: Instance | null;
  #shape = { width: 0, height: 0 };
  #layout: MemoryLayout | null = null;

  private constructor(plan: Plan, instance: Instance) {
    this.#plan = plan;
    this.#instance = instance;
  }

  static async compile(files: ModelFiles, math: MultiplyAdd): Promise<WasmNetwork> {
    const plan = planNetwork(graphOf(files), files.weights, math);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { instance } = await WebAssembly.instantiate(writeModule(plan.functions), {
      env: { memory },
    });
    return new WasmNetwork(plan, { memory, kernels: instance.exports as Instance['kernels'] });
  }

  async run(
    input: Float32Array,
    width: number,
    height: number,
    signal: AbortSignal,
    halo = 0,
  ): Promise<Float32Array> {
    signal.throwIfAborted();
    if (Math.min(width, height) <= 2 * halo) {
      throw new Error(`a halo of ${halo} leaves nothing of ${width}x${height}`);
    }
    if (!this.#instance) throw new Error('the network is disposed');
    const { memory, kernels } = this.#instance;
    const layout = this.#layOut(memory, width, height);
    const { input: inputMap, output, maps: channels } = this.#plan;
    const floats = new Float32Array(memory.buffer);
    const { origin, rowBytes } = mapOf(layout, inputMap);
    for (let y = 0; y < height; y++) {
      const row = input.subarray(y * width * 3, (y + 1) * width * 3);
      floats.set(row, (origin + y * rowBytes) / 4);
    }
    const runCall = makeCalls(kernels, layout);
    this.#plan.calls.forEach((call, i) => {
      // What lies further out than all that the core depends on is not computed.
      runCall(call, i, { width, height, margin: Math.max(0, halo - call.reach) });
    });
    const result = mapOf(layout, output).origin / 4;
    return floats.subarray(result, result + width * height * (channels[output] ?? 0));
  }

  /** The memory goes with the last reference to it. */
  dispose(): void {
    this.#instance = null;
    this.#layout = null;
  }

  #layOut(memory: WebAssembly.Memory, width: number, height: number): MemoryLayout {
    const { width: lastWidth, height: lastHeight } = this.#shape;
    if (this.#layout && width === lastWidth && height === lastHeight) return this.#layout;
    const layout = layOutMemory(this.#plan, width, height);
    const missing = layout.bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    // The weights do not move.
    if (!this.#layout) {
      const floats = new Float32Array(memory.buffer);
      this.#plan.calls.forEach(({ weights }, i) =>
        floats.set(weights, (layout.weights[i] ?? 0) / 4),
      );
    }
    // Borders are zeros, and they are elsewhere now.
    new Uint8Array(memory.buffer).fill(0, layout.mapsAt, layout.bytes);
    this.#shape = { width, height };
    this.#layout = layout;
    return layout;
  }
}

/** The part of the tile that a call computes. */
interface Part {
  width: number;
  height: number;
  margin: number;
}

function makeCalls(kernels: Instance['kernels'], layout: MemoryLayout) {
  return (call: KernelCall, index: number, { width, height, margin }: Part): void => {
    const run = kernels[call.kernel];
    if (!run) throw new Error(`no kernel ${call.kernel}`);
    const maps = [...call.sources, call.target, ...call.addends].flatMap((number) => {
      const { origin, rowBytes, pixelBytes } = mapOf(layout, number);
      return [origin + margin * (rowBytes + pixelBytes), rowBytes];
    });
    const weights = layout.weights[index] ?? 0;
    run(...maps, weights, layout.scratch, width - 2 * margin, height - 2 * margin);
  };
}

function mapOf({ maps }: MemoryLayout, number: number) {
  const found = maps[number];
  if (!found) throw new Error(`no feature map ${number}`);
  return found;
}
