// The last third of a Winograd convolution: Y = Aᵀ M A, bias, epilogue, and out into the feature map.
import { writeEpilogue, type Epilogue } from './epilogue';
import { writeFunction } from './function';
import {
  advance,
  doWhile,
  f32x4,
  get,
  i32,
  set,
  type Local,
  type MultiplyAdd,
} from './instructions';
import { outMapsOf, paramsByName, rowBytesOf } from './kernel';
import type { Code, WasmFunction } from './module';
import { countDown, range } from './register-block';
import { INPUT_SIDE, OUTPUT_SIDE, outputConstants } from './winograd';
import type { WinogradLayout } from './winograd-layout';

export interface OutputTransform {
  /** Vectors of four channels that the products hold. */
  vectors: number;
  /** Of all output channels. */
  pixelBytes: number;
  epilogue: Epilogue;
}

const sides = range(INPUT_SIDE);

/**
 * (products, weights, tiles, target, targetRowBytes, addend0, addend0RowBytes, …): `weights` are the bias and the
 * slopes, `target` the first pixel of the strip; addresses are those of the block's first channel. From the
 * last tile to the first, so that what overhangs a row without a border is overwritten by the next row's.
 */
export function writeOutputTransform(
  name: string,
  { vectors, pixelBytes, epilogue }: OutputTransform,
  layout: WinogradLayout,
  math: MultiplyAdd,
): WasmFunction {
  const mapNames = outMapsOf({ epilogue });
  const params = [
    'products',
    'weights',
    'tiles',
    ...mapNames.flatMap((map) => [map, rowBytesOf(map)]),
  ];
  return writeFunction(name, params, ({ params: p, local }) => {
    const param = paramsByName(p);
    const transform = writeTransform(local, math);
    const grid = range(OUTPUT_SIDE).map(() => sides.map(() => local('v128')));
    const [temporary, bias] = [local('v128'), local('v128')];
    const [products, weights, tiles] = [param('products'), param('weights'), param('tiles')];
    const maps = mapNames.map((map) => ({
      start: param(map),
      bytes: param(rowBytesOf(map)),
      row: local('i32'),
    }));
    const rowOf = (map: number) => get(maps[map]?.row ?? tiles);
    const tileBytes = OUTPUT_SIDE * pixelBytes;

    const writePixel = (value: Code, pixel: number, vector: number) =>
      f32x4.store(
        rowOf(0),
        pixel * pixelBytes + vector * 16,
        writeEpilogue(epilogue, f32x4.add(value, get(bias)), {
          math,
          weights: (offset) => f32x4.load(get(weights), offset + vector * 16),
          addend: (n) => f32x4.load(rowOf(n + 1), pixel * pixelBytes + vector * 16),
          temporary,
        }),
      );
    const writeVector = (vector: number) => [
      set(bias, f32x4.load(get(weights), vector * 16)),
      sides.map((column) =>
        transform.write(
          (row) =>
            f32x4.load(
              get(products),
              (row * INPUT_SIDE + column) * layout.productBytes + vector * 16,
            ),
          (row, value) => set(grid[row]?.[column] ?? temporary, value),
        ),
      ),
      maps.map(({ row, start }) => set(row, get(start))),
      grid.map((line) => [
        transform.write(
          (column) => get(line[column] ?? temporary),
          (pixel, value) => writePixel(value, pixel, vector),
        ),
        maps.map(({ row, bytes }) => advance(row, get(bytes))),
      ]),
    ];
    const last = (bytes: number) => i32.mul(i32.sub(get(tiles), i32.const(1)), i32.const(bytes));
    return [
      transform.prepare,
      advance(products, last(vectors * 16)),
      maps.map(({ start }) => advance(start, last(tileBytes))),
      doWhile(
        [
          range(vectors).map(writeVector),
          advance(products, i32.const(-vectors * 16)),
          maps.map(({ start }) => advance(start, i32.const(-tileBytes))),
        ],
        countDown(tiles),
      ),
    ];
  });
}

/** Six vectors to four, in eleven operations. */
function writeTransform(local: (type: 'v128') => Local, { madd }: MultiplyAdd) {
  const constant = () => local('v128');
  const k = {
    a: constant(),
    b: constant(),
    aa: constant(),
    bb: constant(),
    overA: constant(),
    overB: constant(),
  };
  const m = sides.map(() => local('v128'));
  const [sumA, differenceA, sumB, differenceB] = [constant(), constant(), constant(), constant()];
  const value = (i: number) => get(m[i] ?? sumA);
  return {
    prepare: Object.entries(k).map(([name, register]) =>
      set(register, f32x4.const(outputConstants[name as keyof typeof k])),
    ),
    write: (load: (i: number) => Code, store: (i: number, value: Code) => Code): Code => [
      m.map((register, i) => set(register, load(i))),
      set(sumA, f32x4.add(value(1), value(2))),
      set(differenceA, f32x4.sub(value(1), value(2))),
      set(sumB, f32x4.add(value(3), value(4))),
      set(differenceB, f32x4.sub(value(3), value(4))),
      store(0, madd(get(k.overB), get(sumB), madd(get(k.overA), get(sumA), value(0)))),
      store(1, f32x4.add(get(differenceA), get(differenceB))),
      store(2, madd(get(k.b), get(sumB), f32x4.mul(get(k.a), get(sumA)))),
      store(3, madd(get(k.bb), get(differenceB), madd(get(k.aa), get(differenceA), value(5)))),
    ],
  };
}
