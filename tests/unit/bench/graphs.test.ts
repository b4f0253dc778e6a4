// Made-up networks are of the format of the real ones.
import { expect, test } from 'vitest';
import { untrainedModel, untrainedShapes } from '../../../bench/graphs/untrained';
import { parseGraph } from '../../../src/inference/graph';

test.each([
  // Head, body, tail and base of 3x3 taps.
  { tier: 'fast', scale: 2, macs: 9 * (3 * 32 + 16 * 32 * 32 + 32 * 12 + 3 * 12), halo: 18 },
  { tier: 'fast', scale: 4, macs: 9 * (3 * 32 + 16 * 32 * 32 + 32 * 48 + 3 * 48), halo: 18 },
  { tier: 'quality', scale: 2, macs: 9 * (3 * 64 + 16 * 64 * 64 + 64 * 12 + 3 * 12), halo: 18 },
] as const)('$tier x$scale', ({ tier, scale, macs, halo }) => {
  const { topology, weights, card, golden } = untrainedModel('it', untrainedShapes[tier], scale);
  const graph = parseGraph(topology, weights);
  expect(graph.blockSize).toBe(scale);
  expect(graph.steps.filter(({ kind }) => kind === 'conv')).toHaveLength(1 + 16 + 2);
  expect(graph.steps.filter(({ kind }) => kind === 'prelu')).toHaveLength(0);
  expect(card).toMatchObject({ macsPerPixel: macs, receptiveField: halo });
  expect(golden).toHaveLength(3 + 3 * scale * scale);
  // The base is the pixel itself, and the network adds but little to it.
  for (const level of golden.subarray(3)) expect(Math.abs(level - 128)).toBeLessThan(20);
});
