// Networks of every form that the graph knows, by a seed: widths in use and odd ones, 3x3 and 1x1, with and without
// activation, sums anywhere, results that several layers read.
import { GraphBuilder } from '../../bench/graphs/graph-builder';
import { randomNumbers } from '../../bench/graphs/random-weights';
import type { ModelFiles, Scale } from '../../src/inference/types';

const widths = [5, 7, 8, 12, 16, 24, 32, 48, 64];

export function randomGraph(seed: number): ModelFiles {
  const numbers = randomNumbers(seed);
  const random = () => (numbers() + 1) / 2;
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const graph = new GraphBuilder();
  const scale: Scale = pick([2, 4] as const);
  const width = pick(widths);
  const bent = (name: string) => (random() < 0.7 ? graph.prelu(name) : name);
  const results = [bent(graph.conv('input', 3, width))];
  for (let i = 0; i < 5; i++) {
    const from = pick(results.slice(-2));
    const kind = random();
    if (kind < 0.5) results.push(bent(graph.conv(from, 3, width)));
    else if (kind < 0.65) results.push(bent(graph.conv(from, 1, width)));
    else if (kind < 0.75) results.push(graph.prelu(from));
    else results.push(bent(graph.add(from, pick(results))));
  }
  const narrow = graph.conv(pick(results.slice(-2)), 3, pick(widths));
  const tail = graph.conv(bent(narrow), pick([1, 3] as const), scale * scale * 3);
  const output = random() < 0.7 ? graph.add(tail, graph.nearest(scale)) : tail;
  return graph.finish(`random-${seed}`, output, { scale, halo: 9 });
}
