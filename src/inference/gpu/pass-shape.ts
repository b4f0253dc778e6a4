// What the kernel of a pass is written for: passes of the same shape share one, with weights of their own.
import { packPass, type ConvShape } from './pack-weights';
import { splitGroups, type NetworkPlan, type Part } from './network-plan';
import { readsOf, type Pass } from './passes';
import type { ModelFiles } from '../types';

/** The network's input lies in a picture, results in slots. */
export type Source = 'image' | 'slot';

export interface PassShape {
  convs: (ConvShape & { unit: number })[];
  /** Units of the addends. */
  before: number[];
  activation: boolean;
  after: number[];
  /** What each unit (texture or buffer) holds. */
  units: Source[];
  /** Output groups that are computed at once. */
  count: number;
}

/** Pixels of the 2x2 block that a fragment or invocation computes. */
export const SUBPIXELS = [0, 1, 2, 3] as const;

/** Blocks of 4x4 weights. */
export function blockCount({ convs, count }: Pick<PassShape, 'convs' | 'count'>): number {
  return convs.reduce((sum, { side, inputGroups }) => sum + side * side * inputGroups * count, 0);
}

/** Some output groups of a pass. */
export interface PassPart extends Part {
  shape: PassShape;
  /** The results that the units hold, by name. */
  reads: string[];
  blocks: Float32Array;
  vectors: Float32Array;
}

export interface GroupLimits {
  /** Room for weights, and what a block of 4x4 takes of it. */
  weightBytes: number;
  blockBytes: number;
  /** Output groups at once. */
  most: number;
}

export function partsOf(
  pass: Pass,
  { input, channels }: NetworkPlan,
  weights: ModelFiles['weights'],
  { weightBytes, blockBytes, most }: GroupLimits,
): PassPart[] {
  const reads = readsOf(pass);
  const unitOf = (name: string | undefined) => reads.indexOf(name ?? '');
  const shapeOf = (convs: ConvShape[], count: number): PassShape => ({
    convs: convs.map((conv, i) => ({ ...conv, unit: unitOf(pass.convs[i]?.input) })),
    before: pass.before.map(unitOf),
    activation: pass.slopes !== null,
    after: pass.after.map(unitOf),
    units: reads.map((name) => (name === input ? 'image' : 'slot')),
    count,
  });
  const single = shapeOf(packPass(pass, weights, 0, 1).convs, 1);
  const bytesPerGroup = blockCount(single) * blockBytes + VECTOR_BYTES;
  const room = { blockBytes: weightBytes - HEAD_BYTES, most };
  return splitGroups(channels.get(pass.output) ?? 0, bytesPerGroup, room).map((part) => {
    const { convs, vectors, blocks } = packPass(pass, weights, part.first, part.count);
    return { ...part, shape: shapeOf(convs, part.count), reads, vectors, blocks };
  });
}

/** Bias and slopes of a group. */
const VECTOR_BYTES = 32;
/** The number of the first group, padded. */
const HEAD_BYTES = 16;
