// The layers of `model.json` as a list of steps in the order they run. Anything that we don't run exactly
// as Keras would is refused here, with its name.
import { parseLayers, type Layer } from './layers';
import type { ModelFiles } from './types';

/** One operation; its result is named after its last layer. Weights are given by name. */
export type Step = { output: string } & (
  | { kind: 'conv'; input: string; kernel: string; bias: string | null; slopes: string | null }
  | { kind: 'prelu'; input: string; slopes: string }
  | { kind: 'add'; inputs: [string, string] }
);

export interface Graph {
  input: string;
  /** The result before the pixel shuffle. */
  output: string;
  /** Of the pixel shuffle, which is left to whoever writes the pixels: it copies them anyway. */
  blockSize: number;
  steps: Step[];
  /** For each step, the results that nobody reads after it. */
  lastReads: string[][];
}

/** The graph of a model, whose scale must be that of its card. */
export function graphOf({ topology, weights, card }: ModelFiles): Graph {
  const graph = parseGraph(topology, weights);
  if (graph.blockSize !== card.scale) {
    throw new Error(`model upscales by ${graph.blockSize}, its card says ${card.scale}`);
  }
  return graph;
}

export function parseGraph(topology: unknown, weights: ModelFiles['weights']): Graph {
  const { layers, input, output: last } = parseLayers(topology);
  const shuffle = layers.find(({ name }) => name === last);
  if (shuffle?.kind !== 'convTranspose') {
    throw new Error(`model ends in layer ${last}, which is not a transposed convolution`);
  }
  checkPixelShuffle(shuffle.name, shuffle.stride, weights);
  const output = onlyInput(shuffle);
  const steps = fuseSlopes(
    inOrder(layers)
      .filter(({ name }) => name !== input && name !== last)
      .map((layer) => toStep(layer, weights)),
    output,
  );
  const lastReads = findLastReads(steps, output);
  return { input, output, blockSize: shuffle.stride, steps, lastReads };
}

export function inputsOf(step: Step): string[] {
  return step.kind === 'add' ? step.inputs : [step.input];
}

/** Names of the weights that a step reads. */
export function weightsOf(step: Step): string[] {
  switch (step.kind) {
    case 'conv':
      return [step.kernel, step.bias, step.slopes].filter((name) => name !== null);
    case 'prelu':
      return [step.slopes];
    case 'add':
      return [];
  }
}

/** Layers so that each comes after all that it reads. */
function inOrder(layers: Layer[]): Layer[] {
  const ordered: Layer[] = [];
  const done = new Set<string>();
  let waiting = layers;
  while (waiting.length > 0) {
    const ready = waiting.filter(({ inputs }) => inputs.every((name) => done.has(name)));
    if (ready.length === 0) {
      throw new Error(`layers wait for each other: ${waiting.map(({ name }) => name).join(', ')}`);
    }
    ordered.push(...ready);
    for (const { name } of ready) done.add(name);
    waiting = waiting.filter(({ name }) => !done.has(name));
  }
  return ordered;
}

function toStep(layer: Layer, weights: ModelFiles['weights']): Step {
  const { name: output } = layer;
  const weight = (name: string): string => {
    if (!weights[`${output}/${name}`]) throw new Error(`layer ${output} has no weight ${name}`);
    return `${output}/${name}`;
  };
  switch (layer.kind) {
    case 'input':
      throw new Error(`layer ${output} is a second input`);
    case 'conv': {
      const kernel = weight('kernel');
      const bias = layer.useBias ? weight('bias') : null;
      return { kind: 'conv', output, input: onlyInput(layer), kernel, bias, slopes: null };
    }
    case 'prelu':
      return { kind: 'prelu', output, input: onlyInput(layer), slopes: weight('alpha') };
    case 'add': {
      const [a, b, ...rest] = layer.inputs;
      if (a === undefined || b === undefined || rest.length > 0) {
        throw new Error(`layer ${output} adds ${layer.inputs.length} inputs, not two`);
      }
      return { kind: 'add', output, inputs: [a, b] };
    }
    case 'convTranspose':
      throw new Error(`layer ${output} is a transposed convolution that is not the last layer`);
  }
}

function onlyInput({ name, inputs }: Layer): string {
  const [input, ...rest] = inputs;
  if (input === undefined || rest.length > 0) {
    throw new Error(`layer ${name} has ${inputs.length} inputs, not one`);
  }
  return input;
}

/** Exactly the one-hot kernel [y, x, out, in] that moves channel (y·s + x)·3 + c to colour c of pixel (y, x). */
function checkPixelShuffle(layer: string, stride: number, weights: ModelFiles['weights']): void {
  const kernel = weights[`${layer}/kernel`];
  if (!kernel) throw new Error(`layer ${layer} has no weight kernel`);
  const channels = stride * stride * 3;
  const oneHot = (value: number, i: number) =>
    value === (Math.floor(i / channels) === i % channels ? 1 : 0);
  if (kernel.shape.join() !== `${stride},${stride},3,${channels}` || !kernel.values.every(oneHot)) {
    throw new Error(`layer ${layer} is a transposed convolution other than a pixel shuffle`);
  }
}

/** A PReLU that alone reads a convolution runs inside it: one pass less over the largest tensors. */
function fuseSlopes(steps: Step[], graphOutput: string): Step[] {
  const fused: Step[] = [];
  for (const step of steps) {
    const source = fused.find(({ output }) => step.kind === 'prelu' && output === step.input);
    const readers = steps.filter((other) => source && inputsOf(other).includes(source.output));
    const alone = readers.length === 1 && source?.output !== graphOutput;
    if (step.kind === 'prelu' && source?.kind === 'conv' && source.slopes === null && alone) {
      fused[fused.indexOf(source)] = { ...source, output: step.output, slopes: step.slopes };
    } else {
      fused.push(step);
    }
  }
  return fused;
}

function findLastReads(steps: Step[], graphOutput: string): string[][] {
  const seen = new Set<string>([graphOutput]);
  return [...steps]
    .reverse()
    .map((step) => {
      const last = [...new Set(inputsOf(step))].filter((name) => !seen.has(name));
      for (const name of last) seen.add(name);
      return last;
    })
    .reverse();
}
