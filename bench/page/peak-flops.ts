// The most that one thread of WebAssembly can do: 128-bit multiply-adds on registers alone.
import { writeFunction } from '../../src/inference/wasm/function';
import {
  doWhile,
  f32x4,
  get,
  i32,
  plainMultiplyAdd,
  relaxedMultiplyAdd,
  set,
  tee,
  type MultiplyAdd,
} from '../../src/inference/wasm/instructions';
import { writeModule } from '../../src/inference/wasm/module';

/** As many as hide the latency of a multiply-add, and fit the registers. */
const accumulators = 12;
const unrolled = 4;
const iterations = 500_000;

/** GFLOP/s of the best of `rounds`, and whether the multiply-add is fused. */
export async function measurePeak(rounds = 40): Promise<{ gflops: number; fused: boolean }> {
  const fused = WebAssembly.validate(peakModule(relaxedMultiplyAdd));
  const { instance } = await WebAssembly.instantiate(
    peakModule(fused ? relaxedMultiplyAdd : plainMultiplyAdd),
    { env: { memory: new WebAssembly.Memory({ initial: 1 }) } },
  );
  const run = instance.exports['run'] as (iterations: number) => void;
  // The optimising compiler takes over while this runs.
  run(iterations);
  const flops = iterations * accumulators * unrolled * 4 * 2;
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    run(iterations);
    return performance.now() - start;
  });
  return { gflops: flops / Math.min(...times) / 1e6, fused };
}

/** `run(count)`: so many times, each accumulator = accumulator · factor + summand. */
function peakModule({ madd }: MultiplyAdd): Uint8Array<ArrayBuffer> {
  const run = writeFunction('run', ['count'], ({ params: { count }, local }) => {
    const [factor, summand] = [local('v128'), local('v128')];
    const sums = Array.from({ length: accumulators }, () => local('v128'));
    const step = sums.map((sum) => set(sum, madd(get(sum), get(factor), get(summand))));
    return [
      set(factor, f32x4.const(0.999)),
      set(summand, f32x4.const(0.001)),
      doWhile(
        Array.from({ length: unrolled }, () => step),
        tee(count, i32.sub(get(count), i32.const(1))),
      ),
      // Written, so that nothing is left out.
      sums.map((sum, i) => f32x4.store(i32.const(0), i * 16, get(sum))),
    ];
  });
  return writeModule([run]);
}
