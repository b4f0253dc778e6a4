// The rule that picks a tier: the best whose usual image is made in time. Numbers in, data out.
import { tiers, type Tier, type TierChoice } from '../../tiers';

/** A model of the package, all of one scale. */
export interface TierOption {
  tier: Tier;
  model: string;
  /** Multiply-adds of the usual image. */
  work: number;
  /** Milliseconds of the usual image; null where nothing is known. */
  time: { ms: number; isMeasured: boolean } | null;
}

export interface TierWish {
  setting: 'auto' | Tier;
  targetMs: number;
}

/**
 * What was measured on images may be this many times the target: times vary, and a tier on the edge should not
 * change within a page. What is estimated must be within the target.
 */
const tolerance = 1.25;

export function chooseTier(all: readonly TierOption[], wish: TierWish): TierChoice {
  const { setting, targetMs } = wish;
  const options = all.toSorted((a, b) => tiers.indexOf(a.tier) - tiers.indexOf(b.tier));
  const [least] = options;
  if (!least) throw new Error('the package has no model of this scale');
  if (setting !== 'auto') return nearestTo(setting, options, least);
  if (options.length === 1) return choose(least, { kind: 'only' });
  const timed = options.flatMap((option) => withTime(option, options));
  const best = timed.findLast(({ ms, limit }) => ms <= targetMs * limit);
  if (best) return choose(best.option, { kind: 'in-time', ms: best.ms, targetMs });
  const [first] = timed;
  return first
    ? choose(first.option, { kind: 'fastest', ms: first.ms, targetMs })
    : choose(least, { kind: 'untried' });
}

/** The wanted tier, or else the next one below it, or else the least. */
function nearestTo(wanted: Tier, options: TierOption[], least: TierOption): TierChoice {
  const rank = tiers.indexOf(wanted);
  const found = options.findLast(({ tier }) => tiers.indexOf(tier) <= rank) ?? least;
  return choose(found, { kind: found.tier === wanted ? 'wanted' : 'nearest' });
}

/** Its own time, or an estimate from the tier whose work is most like its own; none where nothing is known. */
function withTime(option: TierOption, options: TierOption[]) {
  if (option.time) {
    return [{ option, ms: option.time.ms, limit: option.time.isMeasured ? tolerance : 1 }];
  }
  const distance = ({ work }: TierOption) => Math.abs(Math.log(work / option.work));
  return options
    .toSorted((a, b) => distance(a) - distance(b))
    .flatMap(({ time, work }) => (time ? [(time.ms * option.work) / work] : []))
    .slice(0, 1)
    .map((ms) => ({ option, ms, limit: 1 }));
}

function choose({ tier, model }: TierOption, reason: TierChoice['reason']): TierChoice {
  return { tier, model, reason };
}
