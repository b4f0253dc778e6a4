// Weights in the order in which the kernels read them: 4x4 blocks, four input channels to four output channels.
import type { ModelFiles } from '../types';
import type { Pass } from './passes';
import { groupsOf } from './slots';

type Weights = ModelFiles['weights'];

/** The shape of one convolution of a pass, as its kernel is written for. */
export interface ConvShape {
  /** Side of the kernel: 1 or 3. */
  side: number;
  inputGroups: number;
}

export interface PackedPass {
  convs: ConvShape[];
  /** [convolution][input group][tap, row by row][output group] of blocks, each four columns, one an input channel. */
  blocks: Float32Array;
  /** [output group] of four biases and four slopes. */
  vectors: Float32Array;
}

/** `first` and `count` choose the output groups: a draw writes a few of them at once. */
export function packPass(pass: Pass, weights: Weights, first: number, count: number): PackedPass {
  const kernels = pass.convs.map(({ kernel }) => kernelOf(kernel, weights));
  const packed = kernels.map((kernel) => packKernel(kernel, first, count));
  const blocks = new Float32Array(packed.reduce((sum, { length }) => sum + length, 0));
  packed.reduce((at, part) => (blocks.set(part, at), at + part.length), 0);
  return {
    convs: kernels.map(({ side, inputs }) => ({ side, inputGroups: groupsOf(inputs) })),
    blocks,
    vectors: packVectors(pass, weights, first, count),
  };
}

interface Kernel {
  side: number;
  inputs: number;
  outputs: number;
  values: Float32Array;
}

/** Channels of every result, by name. */
export function countChannels(
  passes: readonly Pass[],
  input: string,
  weights: Weights,
): ReadonlyMap<string, number> {
  const channels = new Map([[input, 3]]);
  for (const { output, convs, before } of passes) {
    const [kernel, addend] = [convs[0]?.kernel, before[0]];
    const count =
      kernel !== undefined ? kernelOf(kernel, weights).outputs : channels.get(addend ?? '');
    channels.set(output, count ?? 0);
  }
  return channels;
}

function kernelOf(name: string, weights: Weights): Kernel {
  const weight = weights[name];
  if (!weight) throw new Error(`no weight ${name}`);
  const [height = 0, width = 0, inputs = 0, outputs = 0] = weight.shape;
  if (weight.shape.length !== 4 || height !== width || height % 2 === 0) {
    throw new Error(
      `weight ${name} is [${weight.shape.join()}], no square convolution of odd side`,
    );
  }
  return { side: height, inputs, outputs, values: weight.values };
}

function packKernel({ side, inputs, outputs, values }: Kernel, first: number, count: number) {
  const inputGroups = groupsOf(inputs);
  const blocks = new Float32Array(side * side * inputGroups * count * 16);
  for (let tap = 0; tap < side * side; tap++) {
    for (let input = 0; input < inputs; input++) {
      const from = (tap * inputs + input) * outputs;
      const row = (Math.floor(input / 4) * side * side + tap) * count;
      for (let i = 0; i < count * 4 && first * 4 + i < outputs; i++) {
        const block = row + Math.floor(i / 4);
        blocks[block * 16 + (input % 4) * 4 + (i % 4)] = values[from + first * 4 + i] ?? 0;
      }
    }
  }
  return blocks;
}

function packVectors(pass: Pass, weights: Weights, first: number, count: number): Float32Array {
  const vectors = new Float32Array(count * 8);
  const put = (name: string, offset: number) => {
    const values = weights[name]?.values;
    if (!values) throw new Error(`no weight ${name}`);
    for (let i = 0; i < count * 4; i++) {
      const at = Math.floor(i / 4) * 8 + offset + (i % 4);
      vectors[at] = (vectors[at] ?? 0) + (values[first * 4 + i] ?? 0);
    }
  };
  for (const bias of pass.biases) put(bias, 0);
  if (pass.slopes !== null) put(pass.slopes, 4);
  return vectors;
}
