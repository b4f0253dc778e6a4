// Weights in the order in which the kernels read them, padded with zeros to whole vectors.
import { blocksOf } from './kernel';
import { range } from './register-block';
import { POSITIONS, transformKernel } from './winograd';

/** A convolution's kernel [side, side, input channels, output channels], as the model has it. */
export interface ConvWeights {
  shape: readonly number[];
  values: Float32Array;
}

/** One source of channels, of which there are more in memory where they are padded. */
export interface SourceWeights {
  weights: ConvWeights;
  padded: number;
}

/** One number per output channel, again and again: bias, then slopes. */
export function packPerChannel(lists: readonly Float32Array[], channels: number): Float32Array {
  const packed = new Float32Array(lists.length * channels);
  lists.forEach((list, i) => packed.set(list, i * channels));
  return packed;
}

/** [block of output channels][row][column · input channel][channel of the block] */
export function packDirect({ weights, padded }: SourceWeights, channels: number): Float32Array {
  const [height = 1, width = 1, inputs = 1, outputs = 1] = weights.shape;
  const places = placesOf(channels).slice(0, outputs);
  const packed = new Float32Array(height * width * padded * channels);
  for (let tap = 0; tap < height * width; tap++) {
    for (let input = 0; input < inputs; input++) {
      places.forEach(({ start, size, place }, output) => {
        const to = start * height * width * padded + (tap * padded + input) * size + place;
        packed[to] = weights.values[(tap * inputs + input) * outputs + output] ?? 0;
      });
    }
  }
  return packed;
}

/** [block of output channels][position][input channel][channel of the block], of all sources in turn */
export function packWinograd(sources: readonly SourceWeights[], channels: number): Float32Array {
  const allInputs = sources.reduce((sum, { padded }) => sum + padded, 0);
  const packed = new Float32Array(POSITIONS * allInputs * channels);
  const kernel = new Float32Array(9);
  let inputsBefore = 0;
  for (const { weights, padded } of sources) {
    const [, , inputs = 1, outputs = 1] = weights.shape;
    const places = placesOf(channels).slice(0, outputs);
    for (let input = 0; input < inputs; input++) {
      places.forEach(({ start, size, place }, output) => {
        for (let tap = 0; tap < 9; tap++) {
          kernel[tap] = weights.values[(tap * inputs + input) * outputs + output] ?? 0;
        }
        const first = start * POSITIONS * allInputs + (inputsBefore + input) * size + place;
        transformKernel(kernel, packed, first, allInputs * size);
      });
    }
    inputsBefore += padded;
  }
  return packed;
}

/** For each output channel the block that it falls into: its first channel, its size, the channel's place in it. */
function placesOf(channels: number): { start: number; size: number; place: number }[] {
  return blocksOf(channels).flatMap(({ vectors, count }, i, all) => {
    const size = vectors * 4;
    const before = all.slice(0, i).reduce((sum, block) => sum + block.count * block.vectors * 4, 0);
    return range(count * size).map((channel) => {
      const place = channel % size;
      return { start: before + channel - place, size, place };
    });
  });
}
