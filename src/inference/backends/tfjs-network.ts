// A model on the running backend of tfjs. It owns its weights until dispose(); a run frees all that it makes.
import {
  add,
  fused,
  prelu,
  tensor,
  tensor4d,
  tidy,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Network } from '../backend';
import { graphOf, inputsOf, weightsOf, type Graph, type Step } from '../graph';
import { untilAborted } from '../time-limit';
import type { ModelFiles } from '../types';

export class TfjsNetwork implements Network {
  readonly #graph: Graph;
  readonly #weights = new Map<string, Tensor>();

  constructor(files: ModelFiles) {
    this.#graph = graphOf(files);
    try {
      for (const name of this.#graph.steps.flatMap(weightsOf)) {
        const weight = files.weights[name];
        if (!weight) throw new Error(`no weight ${name}`);
        this.#weights.set(name, tensor(weight.values, weight.shape));
      }
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  async run(
    values: Float32Array,
    width: number,
    height: number,
    signal: AbortSignal,
  ): Promise<Float32Array> {
    const input = tensor4d(values, [1, height, width, 3]);
    try {
      const output = this.#runGraph(input);
      try {
        return await untilAborted(output.data<'float32'>(), signal);
      } finally {
        output.dispose();
      }
    } finally {
      input.dispose();
    }
  }

  dispose(): void {
    for (const weight of this.#weights.values()) weight.dispose();
    this.#weights.clear();
  }

  #runGraph(input: Tensor4D): Tensor4D {
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
