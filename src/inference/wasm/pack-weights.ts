// Weights in the order in which the kernels read them, padded with zeros to whole vectors.
import { blocksOf } from './kernel';
import { POSITIONS, transformKernel } from './winograd';

/** A convolution's kernel [side, side, input channels, output channels], as the model has it. */
export interface ConvWeights {
  shape: readonly number[];
  values: Float32Array;
}

/** One number per output channel, again and again: bias, then slopes. */
export function packPerChannel(lists: readonly Float32Array[], channels: number): number[] {
  return lists.flatMap((list) => Array.from({ length: channels }, (_, i) => list[i] ?? 0));
}

/** [block of output channels][row][column · input channel][channel of the block] */
export function packDirect(weights: ConvWeights, inputs: number, channels: number): number[] {
  const [side = 1] = weights.shape;
  const tap = tapsOf(weights);
  const packed: number[] = [];
  forEachBlock(channels, (outputs) => {
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        for (let input = 0; input < inputs; input++) {
          for (const output of outputs) packed.push(tap(y, x, input, output));
        }
      }
    }
  });
  return packed;
}

/** [block of output channels][position][input channel][channel of the block], of all sources in turn */
export function packWinograd(
  sources: readonly { weights: ConvWeights; padded: number }[],
  channels: number,
): number[] {
  const packed: number[] = [];
  forEachBlock(channels, (outputs) => {
    // [input channel][channel of the block][position]
    const transformed = sources.flatMap(({ weights, padded }) => {
      const tap = tapsOf(weights);
      return Array.from({ length: padded }, (_, input) =>
        outputs.map((output) => transformKernel((y, x) => tap(y, x, input, output))),
      );
    });
    for (let position = 0; position < POSITIONS; position++) {
      for (const input of transformed) {
        for (const kernel of input) packed.push(kernel[position] ?? 0);
      }
    }
  });
  return packed;
}

function forEachBlock(channels: number, visit: (outputs: number[]) => void): void {
  let first = 0;
  for (const { vectors, count } of blocksOf(channels)) {
    for (let i = 0; i < count; i++) {
      visit(Array.from({ length: vectors * 4 }, (_, output) => first + output));
      first += vectors * 4;
    }
  }
}

function tapsOf({ shape, values }: ConvWeights) {
  const [, side = 1, inputs = 1, outputs = 1] = shape;
  return (y: number, x: number, input: number, output: number): number =>
    input < inputs && output < outputs
      ? (values[((y * side + x) * inputs + input) * outputs + output] ?? 0)
      : 0;
}
