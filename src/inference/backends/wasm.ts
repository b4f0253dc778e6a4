// Our own engine on the processor: WebAssembly SIMD that is written for each model when it is loaded.
import type { Backend, Network, StartBackend } from '../backend';
import { BackendError } from '../errors';
import type { ModelFiles } from '../types';
import { writeFunction } from '../wasm/function';
import {
  f32x4,
  i32,
  plainMultiplyAdd,
  relaxedMultiplyAdd,
  type MultiplyAdd,
} from '../wasm/instructions';
import { writeModule } from '../wasm/module';
import { WasmNetwork } from '../wasm/wasm-network';

export const startWasm: StartBackend = async () => {
  const math = [relaxedMultiplyAdd, plainMultiplyAdd].find(isSupported);
  if (!math) throw new BackendError('wasm', 'no SIMD in this browser');
  return new WasmBackend(math);
};

class WasmBackend implements Backend {
  readonly name = 'wasm';
  readonly wantsOneShape = false;
  readonly lost = new AbortController().signal;
  readonly #math: MultiplyAdd;

  constructor(math: MultiplyAdd) {
    this.#math = math;
  }

  load(files: ModelFiles): Promise<Network> {
    return WasmNetwork.compile(files, this.#math);
  }

  /** Owns nothing: each network has its own memory. */
  dispose(): void {}
}

function isSupported({ madd }: MultiplyAdd): boolean {
  const zero = f32x4.const(0);
  const probe = writeFunction('probe', [], () =>
    f32x4.store(i32.const(0), 0, madd(zero, zero, zero)),
  );
  return WebAssembly.validate(writeModule([probe]));
}
