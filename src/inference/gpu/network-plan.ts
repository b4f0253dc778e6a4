// All that a GPU backend has to know of a model before it makes shaders and buffers.
import { graphOf } from '../graph';
import type { ModelFiles } from '../types';
import { countChannels } from './pack-weights';
import { planPasses, type Pass } from './passes';
import { assignSlots, groupsOf, type Slots } from './slots';

export interface NetworkPlan {
  input: string;
  output: string;
  scale: number;
  passes: Pass[];
  channels: ReadonlyMap<string, number>;
  slots: Slots;
}

export function planNetwork(files: ModelFiles): NetworkPlan {
  const graph = graphOf(files);
  const { input, output, blockSize: scale } = graph;
  const passes = planPasses(graph);
  const channels = countChannels(passes, input, files.weights);
  return { input, output, scale, passes, channels, slots: assignSlots(passes, channels) };
}

/** Output groups that one draw or thread computes at once. */
export interface Part {
  first: number;
  count: number;
}

/**
 * The output groups of a pass in equal parts: more at once share more reads of the input, until their weights
 * (`bytesPerGroup`) no longer fit the device's uniform block or `most` are reached.
 */
export function splitGroups(
  channels: number,
  bytesPerGroup: number,
  { blockBytes, most }: { blockBytes: number; most: number },
): Part[] {
  const groups = groupsOf(channels);
  const atOnce = Math.min(most, Math.floor(blockBytes / bytesPerGroup));
  if (atOnce < 1) throw new Error(`weights of ${bytesPerGroup} bytes do not fit ${blockBytes}`);
  const parts = Math.ceil(groups / atOnce);
  return Array.from({ length: parts }, (_, i) => {
    const first = Math.ceil((i * groups) / parts);
    return { first, count: Math.ceil(((i + 1) * groups) / parts) - first };
  });
}
