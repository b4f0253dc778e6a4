// A small network around some equal layers, to learn from two of them what one such layer costs.
import type { ModelFiles, Scale } from '../../src/inference/types';
import { GraphBuilder } from './graph-builder';

export type LayerKind = 'conv3x3' | 'conv1x1' | 'add';

export interface ProbePlan {
  /** What is repeated: a convolution with its PReLU, or a sum with what came in. */
  kind: LayerKind;
  inputs: number;
  /** Other than `inputs`, the layers come in pairs: there and back. */
  outputs: number;
  repeats: number;
  scale: Scale;
}

/** Head, one plain layer, the repeated ones, tail, and the sum with the base. */
export function probeNetwork({ kind, inputs, outputs, repeats, scale }: ProbePlan): ModelFiles {
  const graph = new GraphBuilder();
  const head = graph.prelu(graph.conv('input', 3, inputs));
  let body = graph.prelu(graph.conv(head, 3, inputs));
  let before = head;
  for (let i = 0; i < repeats; i++) {
    const next =
      kind === 'add'
        ? // Each sum needs a convolution, or a backend might join them all.
          graph.add(graph.prelu(graph.conv(body, 3, inputs)), before)
        : convolve(graph, body, kind, i % 2 === 0 ? outputs : inputs);
    before = body;
    body = next;
  }
  const tail = graph.conv(body, 3, 3 * scale * scale, 0.003);
  const output = graph.add(tail, graph.nearest(scale));
  return graph.finish('probe', output, { scale, halo: repeats + 3 });
}

function convolve(graph: GraphBuilder, input: string, kind: LayerKind, filters: number): string {
  return graph.prelu(graph.conv(input, kind === 'conv3x3' ? 3 : 1, filters));
}
