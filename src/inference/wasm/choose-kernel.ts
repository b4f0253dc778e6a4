// Which kernel runs an operation, in which shape and with which weights.
import type { ModelFiles } from '../types';
import { writeDirectKernel, type KernelSide } from './direct-kernel';
import { addendsOf, sourcesOf, type ConvSource, type Operation } from './fuse';
import type { MultiplyAdd } from './instructions';
import type { KernelShape } from './kernel';
import type { WasmFunction } from './module';
import { packDirect, packPerChannel, packWinograd } from './pack-weights';
import { writePointwiseKernel } from './pointwise-kernel';
import { paddedTo4, winogradScratchBytes, writeWinogradKernel } from './winograd-kernel';

/** As data, so that equal kernels are written once. */
export type Kernel = { shape: KernelShape } & (
  { kind: 'winograd' } | { kind: 'direct'; side: KernelSide } | { kind: 'pointwise' }
);

export type WeightOf = (name: string) => ModelFiles['weights'][string];

/** Below this many input channels the transforms cost more than the multiplications that they save. */
const WINOGRAD_CHANNELS = 4;

export function chooseKernel(
  operation: Operation,
  channelsOf: (map: string) => number,
  bordered: boolean,
  weightOf: WeightOf,
): Kernel {
  const channels = channelsOf(operation.output);
  for (const addend of addendsOf(operation)) {
    if (channelsOf(addend) !== channels) {
      throw new Error(`${operation.output} adds ${channelsOf(addend)} channels to ${channels}`);
    }
  }
  const sources = sourcesOf(operation).map(channelsOf);
  const shape = {
    sources,
    channels,
    epilogue: epilogueOf(operation, channels, weightOf),
    bordered,
  };
  if (operation.kind === 'pointwise') return { kind: 'pointwise', shape };
  const side = sideOf(operation.sources, weightOf);
  const isWide = sources.length > 1 || sources.some((source) => source >= WINOGRAD_CHANNELS);
  return side === 3 && isWide ? { kind: 'winograd', shape } : { kind: 'direct', side, shape };
}

export function writeKernel(
  name: string,
  kernel: Kernel,
  math: MultiplyAdd,
  firstIndex: number,
): WasmFunction[] {
  switch (kernel.kind) {
    case 'winograd':
      return writeWinogradKernel(name, kernel.shape, math, firstIndex);
    case 'direct':
      return writeDirectKernel(name, kernel.shape, kernel.side, math, firstIndex);
    case 'pointwise':
      return writePointwiseKernel(name, kernel.shape, math);
  }
}

export function scratchBytesOf(kernel: Kernel): number {
  return kernel.kind === 'winograd' ? winogradScratchBytes(kernel.shape) : 0;
}

/** In the order of every kernel: bias, slopes, and what the sum multiplies by. */
export function packWeights(
  operation: Operation,
  { kind, shape: { sources, channels } }: Kernel,
  weightOf: WeightOf,
): Float32Array {
  const slopes = operation.after.flatMap((after) =>
    after.kind === 'prelu' ? [weightOf(after.slopes).values] : [],
  );
  const bias = new Float32Array(channels);
  if (operation.kind === 'pointwise') return packPerChannel([bias, ...slopes], channels);
  for (const name of operation.biases) {
    weightOf(name).values.forEach((value, i) => (bias[i] = (bias[i] ?? 0) + value));
  }
  const all = operation.sources.map((source, i) => ({
    weights: weightOf(source.kernel),
    padded: kind === 'winograd' ? paddedTo4(sources[i] ?? 0) : (sources[i] ?? 0),
  }));
  const [first] = all;
  if (!first) throw new Error(`${operation.output} has no source`);
  const factors = kind === 'winograd' ? packWinograd(all, channels) : packDirect(first, channels);
  const perChannel = packPerChannel([bias, ...slopes], channels);
  const packed = new Float32Array(perChannel.length + factors.length);
  packed.set(perChannel);
  packed.set(factors, perChannel.length);
  return packed;
}

function epilogueOf({ after }: Operation, channels: number, weightOf: WeightOf) {
  let [slopes, addend] = [0, 0];
  return after.map((each) => {
    if (each.kind === 'add') return { kind: 'add' as const, addend: addend++ };
    const atMostOne = weightOf(each.slopes).values.every((slope) => slope <= 1);
    // Behind the bias and the slopes before.
    slopes += 1;
    return { kind: 'prelu' as const, slopes: slopes * channels * 4, atMostOne };
  });
}

function sideOf(sources: readonly ConvSource[], weightOf: WeightOf): KernelSide {
  const [side] = sources.map(({ kernel }) => weightOf(kernel).shape[0]);
  if (side !== 1 && side !== 3) throw new Error(`${sources[0]?.kernel} is not 3x3 or 1x1`);
  return side;
}
