// A model on the running backend.
//
// Who frees what: the model owns its weights until dispose(), run() frees all that it makes on the way, and
// the caller frees the input and the result.
import {
  add,
  fused,
  prelu,
  tensor,
  tidy,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { inputsOf, parseGraph, type Graph, type Step } from './graph';
import type { ModelFiles } from './types';

export class Model {
  readonly #graph: Graph;
  readonly #weights = new Map<string, Tensor>();

  constructor({ topology, weights, card }: ModelFiles) {
    this.#graph = parseGraph(topology, weights);
    if (this.#graph.blockSize !== card.scale) {
      throw new Error(`model upscales by ${this.#graph.blockSize}, its card says ${card.scale}`);
    }
    try {
      for (const name of this.#graph.steps.flatMap(weightsOf)) {
        const weight = weights[name];
        if (!weight) throw new Error(`no weight ${name}`);
        this.#weights.set(name, tensor(weight.values, weight.shape));
      }
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** Tile [1, h, w, 3] in 0..1 to [1, h, w, s·s·3], not clamped and not yet shuffled to [s·h, s·w, 3]. */
  run(input: Tensor4D): Tensor4D {
    const { steps, lastReads, input: inputName, output } = this.#graph;
    return tidy(() => {
      const results = new Map<string, Tensor4D>([[inputName, input]]);
      const result = (name: string): Tensor4D => {
        const found = results.get(name);
        if (!found) throw new Error(`no result of layer ${name}`);
        return found;
      };
      steps.forEach((step, i) => {
        results.set(step.output, this.#runStep(step, inputsOf(step).map(result)));
        for (const name of lastReads[i] ?? []) {
          if (name !== inputName) result(name).dispose();
        }
      });
      return result(output);
    });
  }

  dispose(): void {
    for (const weight of this.#weights.values()) weight.dispose();
    this.#weights.clear();
  }

  #runStep(step: Step, inputs: Tensor4D[]): Tensor4D {
    const [x, y] = inputs;
    if (!x) throw new Error(`layer ${step.output} has no input`);
    switch (step.kind) {
      case 'conv':
        return fused.conv2d({
          x,
          filter: this.#weight<Tensor4D>(step.kernel),
          strides: 1,
          pad: 'same',
          ...(step.bias !== null && { bias: this.#weight<Tensor1D>(step.bias) }),
          ...(step.slopes !== null && {
            activation: 'prelu',
            preluActivationWeights: this.#weight<Tensor>(step.slopes),
          }),
        });
      case 'prelu':
        return prelu<Tensor4D>(x, this.#weight<Tensor4D>(step.slopes));
      case 'add':
        if (!y) throw new Error(`layer ${step.output} has one input`);
        return add(x, y);
    }
  }

  #weight<T extends Tensor>(name: string): T {
    const weight = this.#weights.get(name);
    if (!weight) throw new Error(`weight ${name} is disposed`);
    return weight as T;
  }
}

function weightsOf(step: Step): string[] {
  switch (step.kind) {
    case 'conv':
      return [step.kernel, step.bias, step.slopes].filter((name) => name !== null);
    case 'prelu':
      return [step.slopes];
    case 'add':
      return [];
  }
}
