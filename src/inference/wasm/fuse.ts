// The steps of a graph as the fewest operations: what follows a convolution runs in it, and two convolutions that
// are added are one over the channels of both.
import { inputsOf, type Graph, type Step } from '../graph';

export type Operation = {
  output: string;
  /** In this order, after the sum (or the source itself). */
  after: readonly After[];
} & (
  | { kind: 'conv'; sources: readonly ConvSource[]; biases: readonly string[] }
  /** Nothing but what comes after. */
  | { kind: 'pointwise'; source: string }
);

/** Names are those of feature maps and of weights. */
export type After = { kind: 'prelu'; slopes: string } | { kind: 'add'; input: string };

export interface ConvSource {
  input: string;
  kernel: string;
}

export function fuse(graph: Graph, sideOf: (kernel: string) => number): Operation[] {
  const readers = (name: string) =>
    graph.steps.filter((step) => inputsOf(step).includes(name)).length +
    Number(name === graph.output);
  const operations: Operation[] = [];
  /** Takes out what made the map, if nobody else reads it: it can as well run later. */
  const take = (name: string, wanted: (operation: Operation) => boolean): Operation | null => {
    const i = operations.findIndex(({ output }) => output === name);
    const found = operations[i];
    if (!found || readers(name) > 1 || !wanted(found)) return null;
    operations.splice(i, 1);
    return found;
  };
  const isSum = (operation: Operation) =>
    operation.kind === 'conv' &&
    operation.after.length === 0 &&
    operation.sources.every(({ kernel }) => sideOf(kernel) === 3);

  const runAfter = (source: string, after: After, output: string): Operation => {
    const before = take(source, () => true);
    if (before) return { ...before, output, after: [...before.after, after] };
    return { kind: 'pointwise', output, source, after: [after] };
  };
  const sum = (a: string, b: string, output: string): Operation => {
    if (a === b)
      return { kind: 'pointwise', output, source: a, after: [{ kind: 'add', input: b }] };
    const right = take(b, isSum);
    const left = right && take(a, isSum);
    if (left?.kind === 'conv' && right?.kind === 'conv') {
      const sources = [...left.sources, ...right.sources];
      return {
        kind: 'conv',
        output,
        sources,
        biases: [...left.biases, ...right.biases],
        after: [],
      };
    }
    if (right) return { ...right, output, after: [...right.after, { kind: 'add', input: a }] };
    const made = operations.find((operation) => operation.output === a);
    const [first, second] = made && readers(a) === 1 ? [a, b] : [b, a];
    return runAfter(first, { kind: 'add', input: second }, output);
  };
  const toOperation = (step: Step): Operation => {
    switch (step.kind) {
      case 'conv':
        return {
          kind: 'conv',
          output: step.output,
          sources: [{ input: step.input, kernel: step.kernel }],
          biases: step.bias === null ? [] : [step.bias],
          after: step.slopes === null ? [] : [{ kind: 'prelu', slopes: step.slopes }],
        };
      case 'prelu':
        return runAfter(step.input, { kind: 'prelu', slopes: step.slopes }, step.output);
      case 'add':
        return sum(...step.inputs, step.output);
    }
  };
  for (const step of graph.steps) operations.push(toOperation(step));
  return operations;
}

export function sourcesOf(operation: Operation): string[] {
  return operation.kind === 'conv'
    ? operation.sources.map(({ input }) => input)
    : [operation.source];
}

export function addendsOf({ after }: Operation): string[] {
  return after.flatMap((each) => (each.kind === 'add' ? [each.input] : []));
}

export function inputsOfOperation(operation: Operation): string[] {
  return [...sourcesOf(operation), ...addendsOf(operation)];
}

/**
 * How far each operation's result still reaches: pixels to each side of a pixel of the last result that depend
 * on it.
 */
export function findReaches(
  operations: readonly Operation[],
  sideOf: (kernel: string) => number,
): Map<string, number> {
  const reaches = new Map<string, number>();
  const widen = (name: string, reach: number) =>
    reaches.set(name, Math.max(reach, reaches.get(name) ?? 0));
  for (const operation of [...operations].reverse()) {
    const reach = reaches.get(operation.output) ?? 0;
    for (const name of addendsOf(operation)) widen(name, reach);
    if (operation.kind === 'pointwise') widen(operation.source, reach);
    else {
      for (const { input, kernel } of operation.sources) {
        widen(input, reach + (sideOf(kernel) - 1) / 2);
      }
    }
  }
  return reaches;
}
