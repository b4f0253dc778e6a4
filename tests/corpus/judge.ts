// Holds what became of the images against what should have.
import type { BrowserName } from '../../scripts/browser/launch-browser';
import type { Expectation, Outcome } from './site';
import type { Seen } from './visitor';

export interface Verdict {
  what: string;
  expected: Outcome | 'nothing';
  /** How many addresses should have met it, and did. */
  count: number;
  met: number;
  /** Expected addresses that were not met, for whatever reason. */
  missing: number;
  /** What became of the others. */
  others: { url: string; outcome: Outcome }[];
}

/** A verdict an expectation, and one more if there are images that nobody expected. */
export function judge(expected: Expectation[], seen: Seen, browser: BrowserName): Verdict[] {
  const left = new Map(seen);
  const verdicts = expected.map(({ what, url, count, outcome: wanted }): Verdict => {
    const outcome = typeof wanted === 'string' ? wanted : wanted[browser];
    const mine = [...left].filter(([address]) => url.test(address));
    for (const [address] of mine) left.delete(address);
    const others = mine
      .filter(([, became]) => became !== outcome)
      .map(([address, became]) => ({ url: address, outcome: became }));
    const met = mine.length - others.length;
    return { what, expected: outcome, count, met, missing: Math.max(0, count - met), others };
  });
  if (left.size === 0) return verdicts;
  const others = [...left].map(([url, outcome]) => ({ url, outcome }));
  return [
    ...verdicts,
    { what: 'not expected', expected: 'nothing', count: 0, met: 0, missing: 0, others },
  ];
}

export const isFulfilled = ({ missing, others }: Verdict): boolean =>
  missing === 0 && others.length === 0;
