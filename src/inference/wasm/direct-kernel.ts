// Convolutions 3x3 and 1x1 as the plain sum of products: for the three channels of a picture, and where there is
// no neighbourhood that Winograd could use.
import { writeEpilogue } from './epilogue';
import { writeFunction } from './function';
import {
  advance,
  call,
  clear,
  doWhile,
  f32x4,
  get,
  i32,
  set,
  when,
  type MultiplyAdd,
} from './instructions';
import {
  blocksOf,
  kernelParams,
  outMapsOf,
  paramsByName,
  perChannelBytes,
  rowBytesOf,
  type KernelShape,
} from './kernel';
import type { WasmFunction } from './module';
import { countDown, PIXELS_A_BLOCK, range, registerBlock } from './register-block';

/** 3x3 or 1x1. */
export type KernelSide = 1 | 3;

export function writeDirectKernel(
  name: string,
  shape: KernelShape,
  side: KernelSide,
  math: MultiplyAdd,
  firstIndex: number,
): WasmFunction[] {
  const blocks = blocksOf(shape.channels);
  const rows = blocks.map(({ vectors }) =>
    writeRow(`${name} row ${vectors}`, shape, side, vectors, math),
  );
  const [channels = 0] = shape.sources;
  const targetBytes = shape.channels * 4;
  const whole = writeFunction(name, kernelParams(shape), ({ params, local }) => {
    const p = paramsByName(params);
    const outMaps = outMapsOf(shape);
    const [block, perChannel, factors, offset] = [
      local('i32'),
      local('i32'),
      local('i32'),
      local('i32'),
    ];
    const computed = local('i32');
    const reach = (side - 1) / 2;
    const corner = i32.sub(
      i32.sub(get(p('source0')), i32.mul(get(p('source0RowBytes')), i32.const(reach))),
      i32.const(reach * channels * 4),
    );
    const row = blocks.map(({ vectors, count }, i) => [
      set(block, i32.const(count)),
      doWhile(
        [
          call(firstIndex + i, [
            corner,
            get(p('source0RowBytes')),
            outMaps.map((map) => i32.add(get(p(map)), get(offset))),
            get(perChannel),
            get(factors),
            get(p('width')),
          ]),
          advance(factors, i32.const(side * side * channels * vectors * 16)),
          advance(perChannel, i32.const(vectors * 16)),
          advance(offset, i32.const(vectors * 16)),
        ],
        countDown(block),
      ),
    ]);
    const overhang = i32.mul(i32.sub(get(computed), get(p('width'))), i32.const(targetBytes));
    const end = i32.add(get(p('target')), i32.mul(get(p('width')), i32.const(targetBytes)));
    return [
      set(
        computed,
        i32.mul(
          i32.divide(
            i32.add(get(p('width')), i32.const(PIXELS_A_BLOCK - 1)),
            i32.const(PIXELS_A_BLOCK),
          ),
          i32.const(PIXELS_A_BLOCK),
        ),
      ),
      doWhile(
        [
          set(perChannel, get(p('weights'))),
          set(factors, i32.add(get(p('weights')), i32.const(perChannelBytes(shape)))),
          set(offset, i32.const(0)),
          row,
          shape.bordered ? when(overhang, clear(end, overhang)) : [],
          ['source0', ...outMaps].map((map) => advance(p(map), get(p(rowBytesOf(map))))),
        ],
        countDown(p('height')),
      ),
    ];
  });
  return [...rows, whole];
}

/** (source, sourceRowBytes, target, addend0, …, perChannel, factors, width): one row, one block of channels. */
function writeRow(
  name: string,
  shape: KernelShape,
  side: KernelSide,
  vectors: number,
  math: MultiplyAdd,
): WasmFunction {
  const outMaps = outMapsOf(shape);
  const params = ['source', 'sourceRowBytes', ...outMaps, 'perChannel', 'factors', 'width'];
  return writeFunction(name, params, ({ params: found, local }) => {
    const p = paramsByName(found);
    const { sums, inputs, weights, accumulate } = registerBlock(vectors, local, math);
    const temporary = local('v128');
    const [channels = 0] = shape.sources;
    const [sourceBytes, targetBytes] = [channels * 4, shape.channels * 4];
    const store = sums.map((pixel, i) =>
      pixel.map((sum, v) => {
        const at = i * targetBytes + v * 16;
        const value = writeEpilogue(shape.epilogue, get(sum), {
          math,
          weights: (offset) => f32x4.load(get(p('perChannel')), offset + v * 16),
          addend: (n) => f32x4.load(get(p(`addend${n}`)), at),
          temporary,
        });
        return f32x4.store(get(p('target')), at, value);
      }),
    );
    return doWhile(
      [
        sums.map((pixel) =>
          pixel.map((sum, v) => set(sum, f32x4.load(get(p('perChannel')), v * 16))),
        ),
        set(weights, get(p('factors'))),
        range(side).map((line) => [
          set(
            inputs,
            i32.add(get(p('source')), i32.mul(get(p('sourceRowBytes')), i32.const(line))),
          ),
          accumulate(side * channels, sourceBytes),
        ]),
        store,
        advance(p('source'), i32.const(PIXELS_A_BLOCK * sourceBytes)),
        outMaps.map((map) => advance(p(map), i32.const(PIXELS_A_BLOCK * targetBytes))),
        advance(p('width'), i32.const(-PIXELS_A_BLOCK)),
      ],
      i32.lessThan(i32.const(0), get(p('width'))),
    );
  });
}
