// The first third of a Winograd convolution: V = Bᵀ d B of the tiles of a strip, for one source of channels.
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
import type { Code, WasmFunction } from './module';
import { countDown, range } from './register-block';
import { INPUT_SIDE, inputConstants, OUTPUT_SIDE } from './winograd';
import type { WinogradLayout } from './winograd-layout';

export interface WinogradSource {
  /** A multiple of four: the channels that are read. */
  channels: number;
  /** From one pixel to the next, which is less where the channels are no multiple of four. */
  pixelBytes: number;
  /** Bytes of the channels of the sources before this one. */
  offset: number;
}

const sides = range(INPUT_SIDE);

/**
 * (source, rowBytes, tiles, columns, transformed): `source` is the pixel left above the first tile. First down
 * the columns, which neighbouring tiles share, then along the rows.
 */
export function writeInputTransform(
  name: string,
  source: WinogradSource,
  layout: WinogradLayout,
  math: MultiplyAdd,
): WasmFunction {
  const params = ['source', 'rowBytes', 'tiles', 'columns', 'transformed'] as const;
  return writeFunction(name, params, ({ params: p, local }) => {
    const transform = writeTransform(local, math);
    const rows = sides.map(() => local('i32'));
    const [from, to, left, row] = [local('i32'), local('i32'), local('i32'), local('i32')];
    const vectors = range(source.channels / 4).map((i) => i * 16);
    const { pixelBytes, columnRowBytes, positionBytes } = layout;

    const downColumn = vectors.map((channel) =>
      transform.write(
        (i) => f32x4.load(get(rows[i] ?? from), channel),
        (i, value) => f32x4.store(get(to), i * columnRowBytes + source.offset + channel, value),
      ),
    );
    const alongRow = vectors.map((channel) =>
      transform.write(
        (i) => f32x4.load(get(from), i * pixelBytes + source.offset + channel),
        (i, value) => f32x4.store(get(to), i * positionBytes + source.offset + channel, value),
      ),
    );
    return [
      transform.prepare,
      rows.map((line, i) =>
        set(line, i === 0 ? get(p.source) : i32.add(get(rows[i - 1] ?? line), get(p.rowBytes))),
      ),
      set(to, get(p.columns)),
      set(left, i32.add(i32.mul(get(p.tiles), i32.const(OUTPUT_SIDE)), i32.const(2))),
      doWhile(
        [
          downColumn,
          rows.map((line) => advance(line, i32.const(source.pixelBytes))),
          advance(to, i32.const(pixelBytes)),
        ],
        countDown(left),
      ),
      set(row, i32.const(INPUT_SIDE)),
      doWhile(
        [
          set(from, get(p.columns)),
          set(to, get(p.transformed)),
          set(left, get(p.tiles)),
          doWhile(
            [
              alongRow,
              advance(from, i32.const(OUTPUT_SIDE * pixelBytes)),
              advance(to, i32.const(pixelBytes)),
            ],
            countDown(left),
          ),
          advance(p.columns, i32.const(columnRowBytes)),
          advance(p.transformed, i32.const(INPUT_SIDE * positionBytes)),
        ],
        countDown(row),
      ),
    ];
  });
}

/** Six vectors to six, in twelve multiply-adds. */
function writeTransform(local: (type: 'v128') => Local, { madd, nmadd }: MultiplyAdd) {
  const constant = () => local('v128');
  const k = {
    a: constant(),
    b: constant(),
    aa: constant(),
    bb: constant(),
    sum: constant(),
    product: constant(),
  };
  const d = sides.map(() => local('v128'));
  const [even, odd] = [local('v128'), local('v128')];
  const value = (i: number) => get(d[i] ?? even);
  const pair = (
    square: Local,
    point: Local,
    first: number,
    store: (i: number, value: Code) => Code,
  ) => [
    set(even, nmadd(get(square), value(2), value(4))),
    set(odd, nmadd(get(square), value(1), value(3))),
    store(first, madd(get(point), get(odd), get(even))),
    store(first + 1, nmadd(get(point), get(odd), get(even))),
  ];
  const end = (first: number) =>
    madd(get(k.product), value(first), nmadd(get(k.sum), value(first + 2), value(first + 4)));
  return {
    /** Constants in registers: as immediates they would be built anew at each use. */
    prepare: Object.entries(k).map(([name, register]) =>
      set(register, f32x4.const(inputConstants[name as keyof typeof k])),
    ),
    write: (load: (i: number) => Code, store: (i: number, value: Code) => Code): Code => [
      d.map((register, i) => set(register, load(i))),
      store(0, end(0)),
      pair(k.bb, k.a, 1, store),
      pair(k.aa, k.b, 3, store),
      store(5, end(1)),
    ],
  };
}
