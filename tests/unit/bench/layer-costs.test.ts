// The cost of a layer from the times of networks whose cost is known.
import { expect, test } from 'vitest';
import { plansFor, toCosts } from '../../../bench/graphs/layer-costs';
import { probeNetwork } from '../../../bench/graphs/probe-network';

const known = { conv3x3: 5, conv1x1: 1, add: 0.25, wide: 9, frame: { 2: 3, 4: 7 } };

test('costs come out as they were put in', () => {
  const plans = plansFor(16);
  const times = plans.map(({ kind, inputs, outputs, repeats, scale }) => {
    const each = {
      conv3x3: inputs === outputs ? known.conv3x3 : known.wide,
      conv1x1: known.conv1x1,
      add: known.conv3x3 + known.add,
    };
    return known.frame[scale] + known.conv3x3 + repeats * each[kind];
  });
  expect(toCosts(plans, times)).toEqual([
    { kind: 'frame', inputs: 16, outputs: 12, ms: 3 },
    { kind: 'frame', inputs: 16, outputs: 48, ms: 7 },
    { kind: 'conv3x3', inputs: 16, outputs: 16, ms: 5 },
    { kind: 'conv1x1', inputs: 16, outputs: 16, ms: 1 },
    { kind: 'add', inputs: 16, outputs: 16, ms: 0.25 },
    { kind: 'conv3x3', inputs: 16, outputs: 32, ms: 9 },
  ]);
});

test.each(plansFor(8))('a network of $repeats $kind $inputs→$outputs', (plan) => {
  const { card } = probeNetwork(plan);
  const tail = 8 * 3 * plan.scale ** 2 + 3 * 3 * plan.scale ** 2;
  const layer = { conv3x3: 9 * plan.inputs * plan.outputs, conv1x1: 64, add: 9 * 64 }[plan.kind];
  expect(card.macsPerPixel).toBe(9 * (3 * 8 + 64 + tail) + plan.repeats * layer);
});
