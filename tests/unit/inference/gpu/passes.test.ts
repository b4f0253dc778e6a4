import { describe, expect, test } from 'vitest';
import { planPasses, type Pass } from '../../../../src/inference/gpu/passes';
import { assignSlots } from '../../../../src/inference/gpu/slots';
import type { Step } from '../../../../src/inference/graph';

const conv = (output: string, input: string, slopes: string | null = null): Step => ({
  ...{ kind: 'conv', output, input, kernel: `${output}/kernel`, bias: `${output}/bias`, slopes },
});
const add = (output: string, a: string, b: string): Step => ({
  ...{ kind: 'add', output, inputs: [a, b] },
});
const prelu = (output: string, input: string): Step => ({
  ...{ kind: 'prelu', output, input, slopes: `${output}/alpha` },
});
const plan = (...steps: Step[]) => {
  const output = steps.at(-1)?.output ?? '';
  return planPasses({ input: 'input', output, blockSize: 2, steps, lastReads: [] });
};
/** `activation(convs + before) + after` in short. */
const told = ({ output, convs, before, slopes, after }: Pass) => {
  const inner = [...convs.map(({ kernel }) => kernel.replace('/kernel', '')), ...before].join('+');
  return `${output}=${[slopes === null ? inner : `prelu(${inner})`, ...after].join('+')}`;
};

describe('planPasses', () => {
  test.each<[string, Step[], string[]]>([
    ['a convolution', [conv('a', 'input')], ['a=a']],
    [
      'a skip behind the activation',
      [conv('head', 'input', 's'), conv('body', 'head', 's'), add('skip', 'body', 'head')],
      ['head=prelu(head)', 'skip=prelu(body)+head'],
    ],
    [
      'tail and base in one',
      [
        conv('head', 'input', 's'),
        conv('tail', 'head'),
        conv('base', 'input'),
        add('sum', 'tail', 'base'),
      ],
      ['head=prelu(head)', 'sum=base+tail'],
    ],
    [
      'an activation of a sum',
      [conv('a', 'input', 's'), conv('b', 'a'), add('sum', 'b', 'a'), prelu('p', 'sum')],
      ['a=prelu(a)', 'p=prelu(b+a)'],
    ],
    [
      'two activations: the second needs the first one stored',
      [conv('a', 'input', 's'), prelu('p', 'a')],
      ['a=prelu(a)', 'p=prelu(a)'],
    ],
    [
      'what others read is kept',
      [conv('a', 'input'), prelu('p', 'a'), add('sum', 'p', 'a')],
      ['a=a', 'sum=prelu(a)+a'],
    ],
    [
      'a sum of a result with itself',
      [conv('a', 'input'), add('sum', 'a', 'a')],
      ['a=a', 'sum=a+a'],
    ],
    [
      'a sum of two activations: one of them is stored',
      [conv('a', 'input', 's'), conv('b', 'input', 's'), add('sum', 'a', 'b')],
      ['b=prelu(b)', 'sum=prelu(a)+b'],
    ],
    [
      'no more than two convolutions at once',
      [
        conv('a', 'input'),
        conv('b', 'input'),
        conv('c', 'input'),
        add('ab', 'a', 'b'),
        add('abc', 'ab', 'c'),
      ],
      ['ab=b+a', 'abc=c+ab'],
    ],
  ])('%s', (_what, steps, passes) => {
    expect(plan(...steps).map(told)).toEqual(passes);
  });

  test('biases of fused convolutions add up', () => {
    const [sum] = plan(conv('a', 'input'), conv('b', 'input'), add('sum', 'a', 'b'));
    expect(sum?.biases.toSorted()).toEqual(['a/bias', 'b/bias']);
  });
});

describe('assignSlots', () => {
  const channels = new Map([
    ['head', 16],
    ['a', 16],
    ['b', 16],
    ['sum', 12],
  ]);
  const passes = plan(
    conv('head', 'input', 's'),
    conv('a', 'head', 's'),
    conv('b', 'a', 's'),
    conv('c', 'b', 's'),
    add('sum', 'c', 'head'),
  );

  test('reuses what is done with, and writes nothing that is read', () => {
    const { groups, slotOf } = assignSlots(passes, new Map([...channels, ['c', 16], ['sum', 16]]));
    expect(groups).toEqual([4, 4, 4]);
    for (const { output, convs, after } of passes) {
      const read = [...convs.map(({ input }) => input), ...after].map((name) => slotOf.get(name));
      expect(read).not.toContain(slotOf.get(output));
    }
    expect(slotOf.get('head')).not.toBe(slotOf.get('b'));
  });

  test('results of different widths do not share', () => {
    expect(assignSlots(passes, channels).groups).toEqual([4, 4, 4, 3]);
  });
});
