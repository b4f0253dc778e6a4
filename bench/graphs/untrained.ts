// Networks of the tiers to come, with made-up weights: their speed can be measured before they are trained.
import type { ModelFiles, Scale } from '../../src/inference/types';
import { GraphBuilder } from './graph-builder';

export interface UntrainedShape {
  channels: number;
  /** Each with a skip around it. */
  blocks: number;
  convsPerBlock: number;
}

export const untrainedShapes = {
  fast: { channels: 32, blocks: 4, convsPerBlock: 4 },
  quality: { channels: 64, blocks: 1, convsPerBlock: 16 },
} as const satisfies Record<string, UntrainedShape>;

/** Head, blocks, long skip, tail, and the sum with the base, as the shipped networks have them. */
export function untrainedModel(
  name: string,
  { channels, blocks, convsPerBlock }: UntrainedShape,
  scale: Scale,
): ModelFiles {
  const graph = new GraphBuilder();
  const head = graph.prelu(graph.conv('input', 3, channels));
  let body = head;
  for (let block = 0; block < blocks; block++) {
    let inner = body;
    for (let i = 0; i < convsPerBlock; i++) inner = graph.prelu(graph.conv(inner, 3, channels));
    body = graph.add(inner, body);
  }
  // A block's own skip is the long one where there is but one block.
  const joined = blocks > 1 ? graph.add(body, head) : body;
  const tail = graph.conv(joined, 3, 3 * scale * scale, 0.003);
  const output = graph.add(tail, graph.nearest(scale));
  return graph.finish(name, output, { scale, halo: blocks * convsPerBlock + 2 });
}
