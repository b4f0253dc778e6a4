// The most that one thread of WebAssembly can do: 128-bit multiply-adds on registers alone.

const accumulators = 12;
const unrolled = 4;
const iterations = 500_000;
const v128 = 0x7b;
const i32 = 0x7f;
const f32 = 0x7d;

/** GFLOP/s of the best of `rounds`, and whether the multiply-add is fused. */
export async function measurePeak(rounds = 40): Promise<{ gflops: number; fused: boolean }> {
  const fused = WebAssembly.validate(peakModule(true));
  const { instance } = await WebAssembly.instantiate(peakModule(fused));
  const run = instance.exports['run'] as (iterations: number) => number;
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

/** `run(n)`: n times, each accumulator = accumulator · factor + summand. */
function peakModule(fused: boolean): Uint8Array<ArrayBuffer> {
  // Locals: 0 the count, 1 the factor, 2 the summand, then the accumulators.
  const first = 3;
  const multiplyAdd = (accumulator: number) => [
    ...[0x20, accumulator, 0x20, 1],
    // f32x4.relaxed_madd, or f32x4.mul and f32x4.add
    ...(fused ? [0x20, 2, 0xfd, 0x85, 0x02] : [0xfd, 0xe6, 0x01, 0x20, 2, 0xfd, 0xe4, 0x01]),
    ...[0x21, accumulator],
  ];
  const each = Array.from({ length: accumulators }, (_, i) => first + i);
  const body = [
    ...[1, accumulators + 2, v128],
    ...[...splat(0.999), 0x21, 1, ...splat(0.001), 0x21, 2],
    ...[0x03, 0x40], // loop
    ...Array.from({ length: unrolled }, () => each.flatMap(multiplyAdd)).flat(),
    ...[0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b], // br_if (count -= 1)
    ...[0x20, first],
    ...each.slice(1).flatMap((local) => [0x20, local, 0xfd, 0xe4, 0x01]),
    ...[0xfd, 0x1f, 0, 0x0b], // lane 0 of their sum, so that nothing is left out
  ];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 1, i32, 1, f32]),
    ...section(3, [1, 0]),
    ...section(7, [1, 3, ...new TextEncoder().encode('run'), 0, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ]);
}

function splat(value: number): number[] {
  const bytes = new Uint8Array(Float32Array.of(value).buffer);
  return [0x43, ...bytes, 0xfd, 0x13];
}

function section(id: number, content: number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

/** LEB128 */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}
