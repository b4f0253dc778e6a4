import { describe, expect, it } from 'vitest';
import { chooseTier, type TierOption } from '../../../../src/service/choice/choose-tier';
import type { Tier, TierReason } from '../../../../src/tiers';

const work: Record<Tier, number> = { tiny: 1, fast: 8, quality: 32 };
type Times = Partial<Record<Tier, number | null>>;

/** Milliseconds by tier, null where nothing is known; `estimated` of which were not measured on images. */
function options(times: Times, estimated: Tier[] = []): TierOption[] {
  return Object.entries(times).map(([name, ms]) => {
    const tier = name as Tier;
    const time = ms === null ? null : { ms, isMeasured: !estimated.includes(tier) };
    return { tier, model: `${tier}-x2`, work: work[tier], time };
  });
}

describe('auto, 500 ms', () => {
  it.each<[string, Times, Tier[], Tier, Partial<TierReason>]>([
    ['one tier', { tiny: 900 }, [], 'tiny', { kind: 'only' }],
    ['one tier that is not the least', { fast: null }, [], 'fast', { kind: 'only' }],
    ['nothing known', { fast: null, tiny: null }, [], 'tiny', { kind: 'untried' }],
    ['all in time', { tiny: 9, fast: 70, quality: 280 }, [], 'quality', { ms: 280 }],
    ['the best in time', { tiny: 40, fast: 320, quality: 1300 }, [], 'fast', { ms: 320 }],
    ['none in time', { tiny: 700, fast: 5000 }, [], 'tiny', { kind: 'fastest', ms: 700 }],
    ['estimated: in time', { tiny: 60, fast: null }, [], 'fast', { kind: 'in-time', ms: 480 }],
    ['estimated: too slow', { tiny: 65, fast: null }, [], 'tiny', { kind: 'in-time', ms: 65 }],
    ['from the nearest', { tiny: 1, fast: 120, quality: null }, [], 'quality', { ms: 480 }],
    ['measured may be a little over', { tiny: 60, fast: 620 }, [], 'fast', { ms: 620 }],
    ['but not more', { tiny: 60, fast: 630 }, [], 'tiny', { ms: 60 }],
    ['a tile of the probe may not', { tiny: 60, fast: 510 }, ['fast'], 'tiny', { ms: 60 }],
  ])('%s', (_name, times, estimated, tier, reason) => {
    const choice = chooseTier(options(times, estimated), { setting: 'auto', targetMs: 500 });
    expect(choice).toMatchObject({ tier, model: `${tier}-x2`, reason });
  });
});

describe('the setting', () => {
  it.each<[Tier, Tier[], Tier, TierReason['kind']]>([
    ['quality', ['tiny', 'fast', 'quality'], 'quality', 'wanted'],
    ['tiny', ['quality', 'tiny'], 'tiny', 'wanted'],
    ['quality', ['tiny', 'fast'], 'fast', 'nearest'],
    ['fast', ['quality', 'tiny'], 'tiny', 'nearest'],
    ['tiny', ['quality', 'fast'], 'fast', 'nearest'],
  ])('%s of %s: %s', (setting, shipped, tier, kind) => {
    const all = options(Object.fromEntries(shipped.map((each) => [each, 10_000])));
    const choice = chooseTier(all, { setting, targetMs: 500 });
    expect(choice).toEqual({ tier, model: `${tier}-x2`, reason: { kind } });
  });
});

it('refuses a package without a model', () => {
  expect(() => chooseTier([], { setting: 'auto', targetMs: 500 })).toThrow('no model');
});
