// What the name of a model's folder says: `<tier>-x<scale>`, or `<tier>-art-x<scale>` for drawings.
import type { Scale } from '../../inference/types';
import { tiers, type Tier } from '../../tiers';

export type Variant = 'photo' | 'art';

export interface ModelName {
  tier: Tier;
  variant: Variant;
  scale: Scale;
}

const pattern = new RegExp(`^(${tiers.join('|')})(-art)?-x([24])$`);

/** Null for a folder that is none of a tier. */
export function parseModelName(name: string): ModelName | null {
  const [, tier, art, scale] = pattern.exec(name) ?? [];
  if (tier === undefined) return null;
  return {
    tier: tier as Tier,
    variant: art === undefined ? 'photo' : 'art',
    scale: scale === '4' ? 4 : 2,
  };
}
