// The innermost loop of every kernel: a block of sums in registers, pixels (or tiles) by output channels, takes
// in one input channel after another.
//
// The shape decides the speed: six times two vectors, two weights and one input are the fifteen registers that
// V8 gives out on x64. Other shapes ran at half the speed, since something is then kept in memory.
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
import type { Code } from './module';

export const PIXELS_A_BLOCK = 6;
/** Output channels of a block; where four are left over, those are a block of their own. */
export const CHANNELS_A_BLOCK = 8;

/** Input channels a turn. From 4 to 64 it runs alike, and less code is sooner compiled. */
const CHANNELS_A_TURN = 8;

export interface RegisterBlock {
  /** [pixel][vector] */
  sums: readonly (readonly Local[])[];
  /** The inputs, and the weights [input channel][vector][4]. Both are moved on behind what was read. */
  inputs: Local;
  weights: Local;
  accumulate: (channels: number, pixelBytes: number) => Code;
}

export function registerBlock(
  vectors: number,
  local: (type: 'i32' | 'v128') => Local,
  { madd }: MultiplyAdd,
): RegisterBlock {
  const sums = range(PIXELS_A_BLOCK).map(() => range(vectors).map(() => local('v128')));
  const factors = range(vectors).map(() => local('v128'));
  const input = local('v128');
  const [inputs, weights, turn] = [local('i32'), local('i32'), local('i32')];
  const weightBytes = vectors * 16;

  const takeIn = (channel: number, pixelBytes: number): Code => [
    factors.map((factor, v) =>
      set(factor, f32x4.load(get(weights), channel * weightBytes + v * 16)),
    ),
    sums.map((pixel, i) => [
      set(input, f32x4.splat(get(inputs), i * pixelBytes + channel * 4)),
      pixel.map((sum, v) => set(sum, madd(get(input), get(factors[v] ?? input), get(sum)))),
    ]),
  ];
  const accumulate = (channels: number, pixelBytes: number): Code => {
    const turns = turnsFor(channels);
    const aTurn = channels / turns;
    const body = [
      range(aTurn).map((channel) => takeIn(channel, pixelBytes)),
      advance(inputs, i32.const(aTurn * 4)),
      advance(weights, i32.const(aTurn * weightBytes)),
    ];
    if (turns === 1) return body;
    return [set(turn, i32.const(turns)), doWhile(body, countDown(turn))];
  };
  return { sums, inputs, weights, accumulate };
}

/** Subtracts one, and says whether anything is left. */
export function countDown(left: Local): Code {
  return [advance(left, i32.const(-1)), get(left)];
}

export function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}

/** As few turns as keep each of them short and all of them equal. */
function turnsFor(channels: number): number {
  let turns = Math.ceil(channels / CHANNELS_A_TURN);
  while (channels % turns !== 0) turns += 1;
  return turns;
}
