// What follows a convolution before its result is stored: fused, so that it costs no pass over memory.
import { f32x4, get, set, tee, type Local, type MultiplyAdd } from './instructions';
import type { Code } from './module';

export type EpilogueStep =
  /** Where the slopes stand, in bytes behind the weights of the kernel. */
  | { kind: 'prelu'; slopes: number; atMostOne: boolean }
  /** Adds another feature map: the n-th addend of the kernel. */
  | { kind: 'add'; addend: number };

export type Epilogue = readonly EpilogueStep[];

/** How the steps get at the vector at hand: four channels of one pixel. */
export interface EpilogueAt {
  math: MultiplyAdd;
  /** Per-channel numbers that stand that many bytes behind the weights. */
  weights: (offset: number) => Code;
  addend: (n: number) => Code;
  temporary: Local;
}

export function countAddends(epilogue: Epilogue): number {
  return epilogue.filter(({ kind }) => kind === 'add').length;
}

export function writeEpilogue(epilogue: Epilogue, value: Code, at: EpilogueAt): Code {
  return epilogue.reduce<Code>((code, step) => writeStep(step, code, at), value);
}

function writeStep(step: EpilogueStep, value: Code, at: EpilogueAt): Code {
  if (step.kind === 'add') return f32x4.add(value, at.addend(step.addend));
  const x = get(at.temporary);
  const slope = at.weights(step.slopes);
  // max(x, slope · x) is the same as long as no slope is above one.
  if (step.atMostOne) return f32x4.max(tee(at.temporary, value), f32x4.mul(x, slope));
  const negative = f32x4.min(x, f32x4.const(0));
  const positive = f32x4.max(x, f32x4.const(0));
  return [set(at.temporary, value), at.math.madd(negative, slope, positive)];
}
