// Which model makes an image: of those in the package, by the user's wish and the times of this machine.
import type { Scale } from '../../inference/types';
import { tier as tierItem, timeTargetMs } from '../../settings';
import { tiers, type TierChoice } from '../../tiers';
import { readCard } from '../model-store';
import { chooseTier, type TierOption } from './choose-tier';
import { usualWork } from './image-work';
import type { Variant } from './model-name';
import { readTimes } from './model-times';
import { packageModels } from './package-models';

/** A tier without a variant of its own for drawings makes them with the one for photos. */
export async function chooseModel(scale: Scale, variant: Variant = 'photo'): Promise<TierChoice> {
  const [models, times, setting, targetMs] = await Promise.all([
    packageModels(),
    readTimes(),
    tierItem.getValue(),
    timeTargetMs.getValue(),
  ]);
  const wanted = tiers.flatMap((tier) => {
    const ofTier = models.filter((each) => each.tier === tier && each.scale === scale);
    const found =
      ofTier.find((each) => each.variant === variant) ??
      ofTier.find((each) => each.variant === 'photo');
    return found ? [found] : [];
  });
  const options = wanted.map(async ({ tier, model }): Promise<TierOption> => {
    return { tier, model, work: usualWork(await readCard(model)), time: times[model] ?? null };
  });
  return chooseTier(await Promise.all(options), { setting, targetMs });
}
