// Which layers become one operation, and which feature maps share memory.
import { describe, expect, test } from 'vitest';
import { parseGraph } from '../../../../src/inference/graph';
import { assignMaps } from '../../../../src/inference/wasm/assign-maps';
import { findReaches, fuse, type Operation } from '../../../../src/inference/wasm/fuse';
import { blockGraph, layerGraphs, plainGraph } from '../../../fixtures/random-graphs';
import { randomModel } from '../../../fixtures/random-model';

function operationsOf(name: string): string[] {
  const write = layerGraphs[name];
  if (!write) throw new Error(`no graph ${name}`);
  const { topology, weights } = randomModel(name, 2, write);
  return fuse(parseGraph(topology, weights), (kernel) => weights[kernel]?.shape[0] ?? 0).map(say);
}

/** conv of its sources, then what follows: `conv input +layer1 prelu` */
function say(operation: Operation): string {
  const sources =
    operation.kind === 'conv' ? operation.sources.map(({ input }) => input) : [operation.source];
  const after = operation.after.map((each) => (each.kind === 'add' ? `+${each.input}` : 'prelu'));
  return [operation.kind, ...sources, ...after].join(' ');
}

describe('fuse', () => {
  test.each([
    ['two activations', ['conv input prelu prelu']],
    ['a sum, then an activation', ['conv input', 'conv layer1 prelu +layer1 prelu', 'conv layer5']],
    ['an activation of a map that others read', ['conv input', 'pointwise layer1 prelu +layer1']],
    ['a map added to itself', ['conv input prelu', 'pointwise layer2 +layer2', 'conv layer3']],
    ['a sum of two convolutions', ['conv input prelu', 'conv layer2 layer2']],
    [
      'a sum of three convolutions, one of them 1x1',
      ['conv input prelu', 'conv layer2', 'conv layer2 +layer3', 'conv input +layer5'],
    ],
    [
      'skips one upon the other',
      ['conv input prelu', 'conv layer3 +layer3', 'conv input +layer5', 'conv layer6'],
    ],
  ])('%s', (name, expected) => {
    expect(operationsOf(name)).toEqual(expected);
  });
});

test('a plain network needs one map for each that waits, and two to read and write in turn', () => {
  const { topology, weights } = plainGraph(16, 6, 2);
  const graph = parseGraph(topology, weights);
  const operations = fuse(graph, () => 3);
  const channels = (name: string) => (name === graph.input ? 3 : name === graph.output ? 12 : 16);
  const { maps, numberOf } = assignMaps(operations, graph, channels);
  expect(maps).toEqual([3, 16, 16, 16, 12]);
  expect([numberOf(graph.input), numberOf(graph.output)]).toEqual([0, 4]);
});

test('each result reaches as far as the convolutions behind it', () => {
  const { topology, weights } = blockGraph(8, 1, 2);
  const sideOf = (kernel: string) => weights[kernel]?.shape[0] ?? 0;
  const graph = parseGraph(topology, weights);
  const operations = fuse(graph, sideOf);
  const reaches = findReaches(operations, sideOf);
  // head, four of the block, the 1x1 with the long skip, tail and base in one
  expect(operations.map(({ output }) => reaches.get(output) ?? 0)).toEqual([5, 4, 3, 2, 1, 1, 0]);
  expect(reaches.get(graph.input)).toBe(6);
});
