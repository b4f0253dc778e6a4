// The tiers of models, from the least work to the best pictures.

export const tiers = ['tiny', 'fast', 'quality'] as const;
export type Tier = (typeof tiers)[number];

/** Why a tier runs. Times are those of an image of 300 x 300 pixels, decoding and encoding included. */
export type TierReason =
  /** The setting asks for it. */
  | { kind: 'wanted' }
  /** The setting asks for another, which the package does not have at this scale. */
  | { kind: 'nearest' }
  | { kind: 'only' }
  /** Nothing is known of this machine yet. */
  | { kind: 'untried' }
  | { kind: 'in-time'; ms: number; targetMs: number }
  /** The least work of all, though it takes longer than it should. */
  | { kind: 'fastest'; ms: number; targetMs: number };

export interface TierChoice {
  tier: Tier;
  model: string;
  reason: TierReason;
}
