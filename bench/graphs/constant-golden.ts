// What a network makes of a picture of one colour, by arithmetic on that one pixel: inside the halo every
// pixel is the same, so a convolution is its kernel summed over the taps.
import { parseGraph, type Step } from '../../src/inference/graph';
import type { ModelFiles } from '../../src/inference/types';

type Weights = ModelFiles['weights'];

/** The bytes of `golden.bin` for a picture of one pixel of this grey. */
export function constantGolden(topology: unknown, weights: Weights, grey: number): Uint8Array {
  const { input, output, steps } = parseGraph(topology, weights);
  const results = new Map([[input, [grey, grey, grey].map((value) => value / 255)]]);
  const result = (name: string): number[] => {
    const values = results.get(name);
    if (!values) throw new Error(`no result of layer ${name}`);
    return values;
  };
  for (const step of steps) results.set(step.output, runStep(step, result, weights));
  const pixels = result(output).map((value) => Math.min(255, Math.max(0, Math.round(value * 255))));
  return Uint8Array.from([grey, grey, grey, ...pixels]);
}

function runStep(step: Step, result: (name: string) => number[], weights: Weights): number[] {
  const read = (name: string | null) => (name === null ? undefined : weights[name]?.values);
  switch (step.kind) {
    case 'conv': {
      const sums = convolve(result(step.input), read(step.kernel), read(step.bias));
      return bend(sums, read(step.slopes));
    }
    case 'prelu':
      return bend(result(step.input), read(step.slopes));
    case 'add': {
      const [a, b] = step.inputs.map(result);
      return (a ?? []).map((value, i) => value + (b?.[i] ?? 0));
    }
  }
}

/** `kernel` is [y, x, in, out]: all taps see the same inputs. */
function convolve(
  inputs: number[],
  kernel: Float32Array = new Float32Array(),
  bias: Float32Array = new Float32Array(),
): number[] {
  const filters = bias.length;
  const sums = Array.from(bias);
  kernel.forEach((weight, i) => {
    const out = i % filters;
    const from = Math.floor(i / filters) % inputs.length;
    sums[out] = (sums[out] ?? 0) + weight * (inputs[from] ?? 0);
  });
  return sums;
}

function bend(values: number[], slopes: Float32Array | undefined): number[] {
  return slopes ? values.map((value, i) => (value < 0 ? value * (slopes[i] ?? 0) : value)) : values;
}
