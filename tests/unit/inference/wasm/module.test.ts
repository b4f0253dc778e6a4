// The assembler: numbers as LEB128, and modules that the engine of Node accepts and runs.
import { describe, expect, test } from 'vitest';
import { writeFunction } from '../../../../src/inference/wasm/function';
import {
  advance,
  call,
  clear,
  doWhile,
  f32x4,
  get,
  i32,
  plainMultiplyAdd,
  set,
  tee,
  when,
} from '../../../../src/inference/wasm/instructions';
import {
  signed,
  unsigned,
  writeModule,
  type WasmFunction,
} from '../../../../src/inference/wasm/module';

describe('LEB128', () => {
  test.each([
    [0, [0]],
    [127, [0x7f]],
    [128, [0x80, 0x01]],
    [624485, [0xe5, 0x8e, 0x26]],
    [2 ** 32 - 1, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('%i without sign', (value, bytes) => {
    expect(unsigned(value)).toEqual(bytes);
  });

  test.each([
    [0, [0]],
    [63, [0x3f]],
    [64, [0xc0, 0x00]],
    [-1, [0x7f]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
    [-123456, [0xc0, 0xbb, 0x78]],
    [2 ** 31 - 1, [0xff, 0xff, 0xff, 0xff, 0x07]],
    [-(2 ** 31), [0x80, 0x80, 0x80, 0x80, 0x78]],
  ])('%i with sign', (value, bytes) => {
    expect(signed(value)).toEqual(bytes);
  });
});

describe('a written module', () => {
  const instantiate = async (...functions: WasmFunction[]) => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { instance } = await WebAssembly.instantiate(writeModule(functions), { env: { memory } });
    return {
      floats: new Float32Array(memory.buffer),
      run: instance.exports as Record<string, (...params: number[]) => void>,
    };
  };
  const zero = i32.const(0);

  test('adds up vectors in a loop', async () => {
    const sum = writeFunction('sum', ['from', 'count'], ({ params: { from, count }, local }) => {
      const total = local('v128');
      return [
        doWhile(
          [
            set(total, f32x4.add(get(total), f32x4.load(get(from), 0))),
            advance(from, i32.const(16)),
            advance(count, i32.const(-1)),
          ],
          i32.lessThan(zero, get(count)),
        ),
        f32x4.store(zero, 64, get(total)),
      ];
    });
    const { floats, run } = await instantiate(sum);
    floats.set([1, 2, 3, 4, 10, 20, 30, 40]);
    run['sum']?.(0, 2);
    expect([...floats.subarray(16, 20)]).toEqual([11, 22, 33, 44]);
  });

  test('multiplies and adds, and knows the smaller and the larger', async () => {
    const { madd, nmadd } = plainMultiplyAdd;
    const x = f32x4.load(zero, 0);
    const two = f32x4.const(2);
    const all = writeFunction('all', [], ({ local }) => {
      const kept = local('v128');
      return [
        f32x4.store(zero, 16, madd(x, two, f32x4.const(1))),
        f32x4.store(zero, 32, nmadd(x, two, f32x4.const(1))),
        f32x4.store(zero, 48, f32x4.max(tee(kept, x), f32x4.const(0))),
        f32x4.store(zero, 64, f32x4.min(get(kept), f32x4.const(0))),
        f32x4.store(zero, 80, f32x4.sub(f32x4.splat(zero, 4), f32x4.mul(x, x))),
      ];
    });
    const { floats, run } = await instantiate(all);
    floats.set([-1, 2, -3, 0.5]);
    run['all']?.();
    expect([...floats.subarray(4, 24)]).toEqual([
      ...[-1, 5, -5, 2],
      ...[3, -3, 7, 0],
      ...[0, 2, 0, 0.5],
      ...[-1, 0, -3, 0],
      ...[1, -2, -7, 1.75],
    ]);
  });

  test('calls, branches and clears', async () => {
    const wipe = writeFunction('wipe', ['bytes'], ({ params: { bytes } }) =>
      when(i32.lessOrEqual(get(bytes), i32.const(8)), clear(i32.const(4), get(bytes))),
    );
    const twice = writeFunction('twice', ['bytes'], ({ params: { bytes } }) => [
      call(0, [i32.sub(i32.divide(i32.mul(get(bytes), i32.const(3)), i32.const(3)), i32.const(4))]),
      call(0, [i32.const(100)]),
    ]);
    const { floats, run } = await instantiate(wipe, twice);
    floats.set([1, 1, 1, 1]);
    run['twice']?.(12);
    expect([...floats.subarray(0, 4)]).toEqual([1, 0, 0, 1]);
  });
});
