// From a graph to calls of kernels on numbered feature maps, and the functions that they call.
import type { Graph } from '../graph';
import type { ModelFiles } from '../types';
import { assignMaps } from './assign-maps';
import {
  chooseKernel,
  packWeights,
  scratchBytesOf,
  writeKernel,
  type WeightOf,
} from './choose-kernel';
import { addendsOf, findReaches, fuse, sourcesOf, type Operation } from './fuse';
import type { MultiplyAdd } from './instructions';
import type { WasmFunction } from './module';
import { paddedTo4 } from './winograd-kernel';

export interface KernelCall {
  /** The exported function. */
  kernel: string;
  sources: number[];
  target: number;
  addends: number[];
  /** Pixels around the tile's core that the calls after it read of its target. */
  reach: number;
  weights: Float32Array;
}

export interface Plan {
  functions: WasmFunction[];
  calls: KernelCall[];
  /** Channels of a pixel, by the number of the feature map's memory. */
  maps: number[];
  input: number;
  output: number;
  scratchBytes: number;
}

const PICTURE_CHANNELS = 3;

export function planNetwork(graph: Graph, weights: ModelFiles['weights'], math: MultiplyAdd): Plan {
  const weightOf: WeightOf = (name) => {
    const found = weights[name];
    if (!found) throw new Error(`no weight ${name}`);
    return found;
  };
  const sideOf = (kernel: string) => weightOf(kernel).shape[0] ?? 0;
  const operations = fuse(graph, sideOf);
  const reaches = findReaches(operations, sideOf);
  const channels = countChannels(graph, operations, weightOf);
  const channelsOf = (map: string) => channels.get(map) ?? 0;
  const { numberOf, maps } = assignMaps(operations, graph, channelsOf);
  const functions: WasmFunction[] = [];
  let scratchBytes = 0;
  const calls = operations.map((operation): KernelCall => {
    const bordered = operation.output !== graph.output;
    const kernel = chooseKernel(operation, channelsOf, bordered, weightOf);
    const name = JSON.stringify(kernel);
    if (!functions.some((written) => written.name === name)) {
      functions.push(...writeKernel(name, kernel, math, functions.length));
    }
    scratchBytes = Math.max(scratchBytes, scratchBytesOf(kernel));
    return {
      kernel: name,
      sources: sourcesOf(operation).map(numberOf),
      target: numberOf(operation.output),
      addends: addendsOf(operation).map(numberOf),
      reach: reaches.get(operation.output) ?? 0,
      weights: packWeights(operation, kernel, weightOf),
    };
  });
  const [input, output] = [numberOf(graph.input), numberOf(graph.output)];
  return { functions, calls, maps, input, output, scratchBytes };
}

/** Of each map, padded to whole vectors, but for the picture's. */
function countChannels(
  { input, output, blockSize }: Graph,
  operations: readonly Operation[],
  weightOf: WeightOf,
): Map<string, number> {
  const channels = new Map([[input, PICTURE_CHANNELS]]);
  for (const operation of operations) {
    const made =
      operation.kind === 'conv'
        ? operation.sources.map(({ kernel }) => weightOf(kernel).shape[3] ?? 0)
        : [channels.get(operation.source) ?? 0];
    channels.set(operation.output, paddedTo4(Math.max(...made)));
  }
  const last = channels.get(output);
  if (last !== PICTURE_CHANNELS * blockSize ** 2) {
    throw new Error(
      `model ends in ${last} channels, which make no pixels of ${blockSize}x${blockSize}`,
    );
  }
  return channels;
}
