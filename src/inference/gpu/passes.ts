// The steps of a graph as passes over the GPU: whatever can be computed while a result is still in registers is
// fused into the pass that makes it.
import { inputsOf, type Graph, type Step } from '../graph';

/** One result: activation(sum of convolutions + biases + `before`) + `after`. */
export interface Pass {
  output: string;
  convs: { input: string; kernel: string }[];
  biases: string[];
  /** Results that are added before the activation. */
  before: string[];
  /** Of the PReLU; null: no activation. */
  slopes: string | null;
  /** Results that are added after it. */
  after: string[];
}

/** Each needs a texture unit or a binding of its own, of which any device has more than this. */
const MAX_CONVS = 2;
const MAX_ADDENDS = 3;

export function planPasses({ steps, output }: Graph): Pass[] {
  const readers = new Map<string, number>([[output, 1]]);
  for (const name of steps.flatMap(inputsOf)) readers.set(name, (readers.get(name) ?? 0) + 1);
  const passes: Pass[] = [];
  for (const step of steps) {
    let pass = toPass(step);
    // A result that this pass alone reads need never be stored.
    for (const source of passes.filter((other) => readers.get(other.output) === 1)) {
      const fused = fuse(source, pass);
      if (fused === null) continue;
      passes.splice(passes.indexOf(source), 1);
      pass = fused;
    }
    passes.push(pass);
  }
  return passes;
}

export function readsOf({ convs, before, after }: Pass): string[] {
  return [...new Set([...convs.map(({ input }) => input), ...before, ...after])];
}

function toPass(step: Step): Pass {
  const { output } = step;
  const nothing = { output, convs: [], biases: [], before: [], slopes: null, after: [] };
  switch (step.kind) {
    case 'conv': {
      const { input, kernel, bias, slopes } = step;
      return {
        ...nothing,
        convs: [{ input, kernel }],
        biases: bias === null ? [] : [bias],
        slopes,
      };
    }
    case 'prelu':
      return { ...nothing, before: [step.input], slopes: step.slopes };
    case 'add':
      return { ...nothing, before: step.inputs };
  }
}

/** `reader` with what makes `source` in the place of `source`, or null where that can't be one pass. */
function fuse(source: Pass, reader: Pass): Pass | null {
  const rest = reader.before.filter((name) => name !== source.output);
  // Adding a result to itself reads it twice.
  if (reader.before.length - rest.length !== 1) return null;
  const fused = merge(source, reader, rest);
  const addends = fused === null ? 0 : fused.before.length + fused.after.length;
  return fused !== null && fused.convs.length <= MAX_CONVS && addends <= MAX_ADDENDS ? fused : null;
}

function merge(source: Pass, reader: Pass, rest: string[]): Pass | null {
  if (source.slopes === null) {
    return {
      ...reader,
      convs: [...source.convs, ...reader.convs],
      biases: [...source.biases, ...reader.biases],
      before: [...source.before, ...source.after, ...rest],
    };
  }
  // Behind the activation there is room for additions only.
  if (reader.slopes !== null || reader.convs.length > 0 || reader.biases.length > 0) return null;
  return { ...source, output: reader.output, after: [...source.after, ...rest, ...reader.after] };
}
