// A sum or an activation that no convolution could take along.
import { writeEpilogue } from './epilogue';
import { writeFunction } from './function';
import { advance, doWhile, f32x4, get, i32, set, type MultiplyAdd } from './instructions';
import { kernelParams, outMapsOf, paramsByName, rowBytesOf, type KernelShape } from './kernel';
import type { WasmFunction } from './module';
import { countDown, range } from './register-block';

export function writePointwiseKernel(
  name: string,
  shape: KernelShape,
  math: MultiplyAdd,
): WasmFunction[] {
  const { channels, epilogue } = shape;
  const whole = writeFunction(name, kernelParams(shape), ({ params, local }) => {
    const p = paramsByName(params);
    const maps = ['source0', ...outMapsOf(shape)];
    const at = new Map(maps.map((map) => [map, local('i32')]));
    const here = (map: string) => at.get(map) ?? p(map);
    const [left, temporary] = [local('i32'), local('v128')];
    const pixel = range(channels / 4).map((vector) => {
      const value = writeEpilogue(epilogue, f32x4.load(get(here('source0')), vector * 16), {
        math,
        weights: (offset) => f32x4.load(get(p('weights')), offset + vector * 16),
        addend: (n) => f32x4.load(get(here(`addend${n}`)), vector * 16),
        temporary,
      });
      return f32x4.store(get(here('target')), vector * 16, value);
    });
    return doWhile(
      [
        maps.map((map) => set(here(map), get(p(map)))),
        set(left, get(p('width'))),
        doWhile(
          [pixel, maps.map((map) => advance(here(map), i32.const(channels * 4)))],
          countDown(left),
        ),
        maps.map((map) => advance(p(map), get(p(rowBytesOf(map))))),
      ],
      countDown(p('height')),
    );
  });
  return [whole];
}
