// A 3x3 convolution by Winograd's F(4x4, 3x3), strip by strip of four rows: transform, multiply, transform back.
import { writeFunction } from './function';
import {
  advance,
  call,
  clear,
  doWhile,
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
import type { Code, WasmFunction } from './module';
import { countDown, PIXELS_A_BLOCK, range } from './register-block';
import { OUTPUT_SIDE, POSITIONS } from './winograd';
import { writeInputTransform, type WinogradSource } from './winograd-input';
import { layOutWinograd } from './winograd-layout';
import { writeMultiply } from './winograd-multiply';
import { writeOutputTransform } from './winograd-output';

/** Four channels are read at a time: of a pixel with three, the fourth is the next pixel's, times zero. */
export const paddedTo4 = (channels: number) => Math.ceil(channels / 4) * 4;

export function winogradScratchBytes({ sources }: KernelShape): number {
  return layOutWinograd(inputChannels(sources)).bytes;
}

export function writeWinogradKernel(
  name: string,
  shape: KernelShape,
  math: MultiplyAdd,
  firstIndex: number,
): WasmFunction[] {
  const { sources, channels, epilogue } = shape;
  const layout = layOutWinograd(inputChannels(sources));
  const blocks = blocksOf(channels);
  const inner = [
    ...toWinogradSources(sources).map((source, n) =>
      writeInputTransform(`${name} input ${n}`, source, layout, math),
    ),
    ...blocks.flatMap(({ vectors }) => [
      writeMultiply(`${name} multiply ${vectors}`, vectors, layout, math),
      writeOutputTransform(
        `${name} output ${vectors}`,
        { vectors, pixelBytes: channels * 4, epilogue },
        layout,
        math,
      ),
    ]),
  ];
  const indexOf = (part: string) => {
    const found = inner.findIndex((f) => f.name === `${name} ${part}`);
    return firstIndex + found;
  };

  const whole = writeFunction(name, kernelParams(shape), ({ params, local }) => {
    const p = paramsByName(params);
    const targetBytes = channels * 4;
    const outMaps = outMapsOf(shape);
    const [across, y, first, tiles] = [local('i32'), local('i32'), local('i32'), local('i32')];
    const [block, perChannel, factors, offset] = [
      local('i32'),
      local('i32'),
      local('i32'),
      local('i32'),
    ];
    const scratch = (at: number) => i32.add(get(p('scratch')), i32.const(at));

    const transformIn = sources.map((sourceChannels, n) => {
      const map = `source${n}`;
      const corner = i32.sub(
        i32.sub(get(p(map)), get(p(rowBytesOf(map)))),
        i32.const(sourceChannels * 4),
      );
      const tileBytes = OUTPUT_SIDE * sourceChannels * 4;
      return call(indexOf(`input ${n}`), [
        i32.add(corner, i32.mul(get(first), i32.const(tileBytes))),
        get(p(rowBytesOf(map))),
        get(tiles),
        scratch(layout.columnsAt),
        scratch(layout.transformedAt),
      ]);
    });
    const multiplyOut = blocks.map(({ vectors, count }) => [
      set(block, i32.const(count)),
      doWhile(
        [
          call(indexOf(`multiply ${vectors}`), [
            scratch(layout.transformedAt),
            get(factors),
            scratch(layout.productsAt),
            i32.divide(
              i32.add(get(tiles), i32.const(PIXELS_A_BLOCK - 1)),
              i32.const(PIXELS_A_BLOCK),
            ),
          ]),
          call(indexOf(`output ${vectors}`), [
            scratch(layout.productsAt),
            get(perChannel),
            get(tiles),
            outMaps.flatMap((map) => [i32.add(get(p(map)), get(offset)), get(p(rowBytesOf(map)))]),
          ]),
          advance(factors, i32.const(POSITIONS * (layout.pixelBytes / 4) * vectors * 16)),
          advance(perChannel, i32.const(vectors * 16)),
          advance(offset, i32.const(vectors * 16)),
        ],
        countDown(block),
      ),
    ]);
    const strip = [
      // From the last group to the first, as the tiles in it.
      set(
        first,
        i32.mul(
          i32.divide(i32.sub(get(across), i32.const(1)), i32.const(layout.tiles)),
          i32.const(layout.tiles),
        ),
      ),
      set(tiles, i32.sub(get(across), get(first))),
      doWhile(
        [
          transformIn,
          set(perChannel, get(p('weights'))),
          set(factors, i32.add(get(p('weights')), i32.const(perChannelBytes(shape)))),
          set(offset, i32.mul(get(first), i32.const(OUTPUT_SIDE * targetBytes))),
          multiplyOut,
          advance(first, i32.const(-layout.tiles)),
          set(tiles, i32.const(layout.tiles)),
        ],
        i32.lessOrEqual(i32.const(0), get(first)),
      ),
    ];
    const nextRow = (map: string, rows = 1) =>
      advance(p(map), i32.mul(get(p(rowBytesOf(map))), i32.const(rows)));
    const overhang = i32.sub(i32.mul(get(across), i32.const(OUTPUT_SIDE)), get(p('width')));
    const clearRight: Code = when(
      overhang,
      range(OUTPUT_SIDE).map((row) =>
        clear(
          i32.add(
            i32.add(get(p('target')), i32.mul(get(p('targetRowBytes')), i32.const(row))),
            i32.mul(get(p('width')), i32.const(targetBytes)),
          ),
          i32.mul(overhang, i32.const(targetBytes)),
        ),
      ),
    );
    const rowsBelow = i32.mul(i32.sub(get(y), get(p('height'))), get(p('targetRowBytes')));
    const clearBelow: Code = [clear(i32.sub(get(p('target')), rowsBelow), rowsBelow)];
    return [
      set(
        across,
        i32.divide(i32.add(get(p('width')), i32.const(OUTPUT_SIDE - 1)), i32.const(OUTPUT_SIDE)),
      ),
      doWhile(
        [
          strip,
          shape.bordered ? clearRight : [],
          [...sources.map((_, n) => `source${n}`), ...outMaps].map((map) =>
            nextRow(map, OUTPUT_SIDE),
          ),
          advance(y, i32.const(OUTPUT_SIDE)),
        ],
        i32.lessThan(get(y), get(p('height'))),
      ),
      shape.bordered ? clearBelow : [],
    ];
  });
  return [...inner, whole];
}

function inputChannels(sources: readonly number[]): number {
  return sources.reduce((sum, channels) => sum + paddedTo4(channels), 0);
}

function toWinogradSources(sources: readonly number[]): WinogradSource[] {
  return sources.map((channels, n) => ({
    channels: paddedTo4(channels),
    pixelBytes: channels * 4,
    offset: inputChannels(sources.slice(0, n)) * 4,
  }));
}
