// The layers of `model.json` as a list of steps in the order they run. Anything that we don't run exactly
// as Keras would is refused here, with its name.
import { parseLayers, type Layer } from './layers';
import type { ModelFiles } from './types';

/** One operation; its result is named after its last layer. Weights are given by name. */
export type Step = { output: string } & (
  | { kind: 'conv'; input: string; kernel: string; bias: string | null; slopes: string | null }
  | { kind: 'prelu'; input: string; slopes: string }
  | { kind: 'add'; inputs: [string, string] }
  | { kind: 'depthToSpace'; input: string; blockSize: number }
);

export interface Graph {
  input: string;
  output: string;
  steps: Step[];
  /** For each step, the results that nobody reads after it. */
  lastReads: string[][];
}

export function parseGraph(topology: unknown, weights: ModelFiles['weights']): Graph {
  const { layers, input, output } = parseLayers(topology);
  const steps = fuseSlopes(
    inOrder(layers)
      .filter(({ name }) => name !== input)
      .map((layer) => toStep(layer, weights)),
    output,
  );
  return { input, output, steps, lastReads: findLastReads(steps, output) };
}

export function inputsOf(step: Step): string[] {
  return step.kind === 'add' ? step.inputs : [step.input];
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
  const { name: output, inputs } = layer;
  const weight = (name: string): string => {
    if (!weights[`${output}/${name}`]) throw new Error(`layer ${output} has no weight ${name}`);
    return `${output}/${name}`;
  };
  const only = (): string => {
    const [input, ...rest] = inputs;
    if (input === undefined || rest.length > 0) {
      throw new Error(`layer ${output} has ${inputs.length} inputs, not one`);
    }
    return input;
  };
  switch (layer.kind) {
    case 'input':
      throw new Error(`layer ${output} is a second input`);
    case 'conv': {
      const bias = layer.useBias ? weight('bias') : null;
      return { kind: 'conv', output, input: only(), kernel: weight('kernel'), bias, slopes: null };
    }
    case 'prelu':
      return { kind: 'prelu', output, input: only(), slopes: weight('alpha') };
    case 'add': {
      const [a, b, ...rest] = inputs;
      if (a === undefined || b === undefined || rest.length > 0) {
        throw new Error(`layer ${output} adds ${inputs.length} inputs, not two`);
      }
      return { kind: 'add', output, inputs: [a, b] };
    }
    case 'convTranspose': {
      const kernel = weights[weight('kernel')];
      if (!kernel || !isPixelShuffle(kernel, layer.stride)) {
        throw new Error(`layer ${output} is a transposed convolution other than a pixel shuffle`);
      }
      return { kind: 'depthToSpace', output, input: only(), blockSize: layer.stride };
    }
  }
}

/** Exactly the one-hot kernel [y, x, out, in] that moves channel (y·s + x)·out + c to pixel (y, x). */
function isPixelShuffle(
  { shape, values }: { shape: number[]; values: Float32Array },
  stride: number,
): boolean {
  const [height, width, outputs, channels] = shape;
  if (outputs === undefined || channels === undefined || shape.length !== 4) return false;
  if (height !== stride || width !== stride || channels !== stride * stride * outputs) return false;
  return values.every((value, i) => value === (Math.floor(i / channels) === i % channels ? 1 : 0));
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
