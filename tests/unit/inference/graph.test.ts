import { describe, expect, test } from 'vitest';
import { parseGraph } from '../../../src/inference/graph';
import type { ModelFiles } from '../../../src/inference/types';

type Config = Record<string, unknown>;
interface KerasLayer {
  class_name: string;
  name: string;
  config: Config;
  inbound_nodes: unknown[];
}

const layer = (className: string, name: string, inputs: string[], config: Config = {}) => ({
  class_name: className,
  name,
  config: { name, ...config },
  inbound_nodes: inputs.length > 0 ? [inputs.map((input) => [input, 0, 0, {}])] : [],
});
const conv = (name: string, input: string, config: Config = {}) =>
  layer('Conv2D', name, [input], { padding: 'same', strides: [1, 1], use_bias: true, ...config });
const prelu = (name: string, input: string, config: Config = {}) =>
  layer('PReLU', name, [input], { shared_axes: [1, 2], ...config });
const shuffle = (input: string, config: Config = {}) =>
  layer('Conv2DTranspose', 'shuffle', [input], {
    kernel_size: [2, 2],
    strides: [2, 2],
    padding: 'valid',
    use_bias: false,
    ...config,
  });

/** head, its PReLU, two convolutions, a sum and the shuffle, listed in no helpful order. */
const layers = (): KerasLayer[] => [
  shuffle('sum'),
  layer('Add', 'sum', ['tail', 'base']),
  conv('base', 'input', { use_bias: false }),
  layer('InputLayer', 'input', []),
  conv('head', 'input'),
  conv('tail', 'head_act'),
  prelu('head_act', 'head'),
];

const topology = (list: KerasLayer[], className = 'Functional', output = 'shuffle') => ({
  model_config: {
    class_name: className,
    config: { layers: list, input_layers: [['input', 0, 0]], output_layers: [[output, 0, 0]] },
  },
});

/** Kernel [2, 2, 3, 12] that reads channel `from(pixel, colour)` of twelve. */
const oneHot = (from = (pixel: number, colour: number) => pixel * 3 + colour) => {
  const values = new Float32Array(12 * 12);
  for (let i = 0; i < 12; i++) values[i * 12 + from(Math.floor(i / 3), i % 3)] = 1;
  return values;
};
const weights = (shuffleKernel = oneHot()): ModelFiles['weights'] => {
  const some = { shape: [1], values: new Float32Array(1) };
  return {
    'head/kernel': some,
    'head/bias': some,
    'head_act/alpha': some,
    'tail/kernel': some,
    'tail/bias': some,
    'base/kernel': some,
    'shuffle/kernel': { shape: [2, 2, 3, 12], values: shuffleKernel },
  };
};

/** The layers with one of them replaced. */
const but = (changed: KerasLayer) =>
  layers().map((original) => (original.name === changed.name ? changed : original));

describe('parseGraph', () => {
  test('orders the steps, runs a PReLU inside its convolution, and says when each result is done with', () => {
    const graph = parseGraph(topology(layers()), weights());
    expect(graph).toEqual({
      input: 'input',
      output: 'sum',
      blockSize: 2,
      steps: [
        {
          kind: 'conv',
          output: 'base',
          input: 'input',
          kernel: 'base/kernel',
          bias: null,
          slopes: null,
        },
        {
          kind: 'conv',
          output: 'head_act',
          input: 'input',
          kernel: 'head/kernel',
          bias: 'head/bias',
          slopes: 'head_act/alpha',
        },
        {
          kind: 'conv',
          output: 'tail',
          input: 'head_act',
          kernel: 'tail/kernel',
          bias: 'tail/bias',
          slopes: null,
        },
        { kind: 'add', output: 'sum', inputs: ['tail', 'base'] },
      ],
      lastReads: [[], ['input'], ['head_act'], ['tail', 'base']],
    });
  });

  test('a convolution that others read too keeps its PReLU apart', () => {
    const list = but(layer('Add', 'sum', ['tail', 'head']));
    const { steps } = parseGraph(topology(list), weights());
    expect(steps.map(({ kind, output }) => `${kind} ${output}`)).toEqual([
      'conv base',
      'conv head',
      'prelu head_act',
      'conv tail',
      'add sum',
    ]);
  });

  test('the older name of a functional model will do', () => {
    expect(parseGraph(topology(layers(), 'Model'), weights()).blockSize).toBe(2);
  });

  test.each<[why: string, topology: unknown, error: string]>([
    ['no model', null, 'not an object'],
    ['a sequential model', topology(layers(), 'Sequential'), 'is a Sequential'],
    ['another layer', topology(but(layer('ReLU', 'head_act', ['head']))), 'head_act is a ReLU'],
    [
      'valid padding',
      topology(but(conv('head', 'input', { padding: 'valid' }))),
      'padding "valid"',
    ],
    ['default padding', topology(but(layer('Conv2D', 'head', ['input']))), 'padding "valid"'],
    ['strides', topology(but(conv('head', 'input', { strides: [2, 2] }))), 'strides [2,2]'],
    ['dilation', topology(but(conv('head', 'input', { dilation_rate: [2, 2] }))), 'dilation_rate'],
    ['groups', topology(but(conv('head', 'input', { groups: 2 }))), 'groups 2'],
    ['an activation', topology(but(conv('head', 'input', { activation: 'relu' }))), '"relu"'],
    [
      'channels first',
      topology(but(conv('head', 'input', { data_format: 'channels_first' }))),
      'data_format',
    ],
    [
      'slopes of their own',
      topology(but(prelu('head_act', 'head', { shared_axes: null }))),
      'axes',
    ],
    ['a sum of three', topology(but(layer('Add', 'sum', ['tail', 'base', 'base']))), 'adds 3'],
    ['a circle', topology(but(conv('head', 'tail'))), 'wait for each other'],
    ['an unknown input', topology(but(conv('head', 'nowhere'))), 'wait for each other'],
    [
      'no weights',
      topology(but(conv('base', 'input', { use_bias: true }))),
      'base has no weight bias',
    ],
    ['no shuffle at the end', topology(layers(), 'Model', 'sum'), 'ends in layer sum'],
    ['a shuffle with bias', topology(but(shuffle('sum', { use_bias: true }))), 'has a bias'],
    ['overlapping strides', topology(but(shuffle('sum', { kernel_size: [3, 3] }))), 'kernel_size'],
    ['a second input', topology([...layers(), layer('InputLayer', 'other', [])]), 'second input'],
  ])('refuses %s', (_why, wrong, error) => {
    expect(() => parseGraph(wrong, weights())).toThrow(error);
  });

  test.each([
    ["PyTorch's order of channels", oneHot((pixel, colour) => colour * 4 + pixel)],
    ['almost one', oneHot().map((value) => value * 0.999)],
    ['one more', oneHot().fill(1, 5, 6)],
  ])('refuses a shuffle with %s', (_why, kernel) => {
    expect(() => parseGraph(topology(layers()), weights(kernel))).toThrow(
      'other than a pixel shuffle',
    );
  });
});
