// What Upres changed on a site: the visit with it held against the visit without.
import type { BrowserName } from '../../scripts/browser/launch-browser';
import { isFulfilled, judge, type Verdict } from './judge';
import type { Expectation, Site } from './site';
import { differences } from './snapshot';
import type { Visit } from './visit';

export interface Comparison {
  site: Site;
  browser: BrowserName;
  verdicts: Verdict[];
  layoutShift: Pair;
  longestTaskMs: Pair;
  contentTaskMs: number;
  bytes: { off: number; on: number };
  /** Errors of the console that the visit without Upres never had. */
  errors: string[];
  /** Elements that stood elsewhere with Upres. */
  moved: string[];
  notRestored: string[];
}

interface Pair {
  off: number | null;
  on: number | null;
}

export function compare(
  site: Site,
  browser: BrowserName,
  expected: Expectation[],
  { off, on }: { off: Visit; on: Visit },
): Comparison {
  const pair = (of: (visit: Visit) => number | null): Pair => ({ off: of(off), on: of(on) });
  return {
    site,
    browser,
    verdicts: judge(expected, on.seen, browser),
    layoutShift: pair(({ timeline }) => timeline.layoutShift),
    longestTaskMs: pair(({ timeline }) => timeline.longestTaskMs),
    contentTaskMs: on.contentTaskMs,
    bytes: { off: off.bytes, on: on.bytes },
    errors: on.errors.filter((message) => !off.errors.includes(message)),
    moved: differences(off.snapshot.layout, on.snapshot.layout),
    notRestored: on.notRestored,
  };
}

/** A line for everything that is not as it should be. */
export function faultsOf(comparison: Comparison): string[] {
  const { verdicts, layoutShift, errors, moved, notRestored } = comparison;
  const about = (problem: string, lines: string[]) =>
    lines.length > 0 ? [`${problem}:\n    ${lines.join('\n    ')}`] : [];
  return [
    ...verdicts.filter((verdict) => !isFulfilled(verdict)).map(sentence),
    ...((layoutShift.on ?? 0) > (layoutShift.off ?? 0)
      ? [`layout shift ${layoutShift.on}, without Upres ${layoutShift.off}`]
      : []),
    ...about('errors', errors),
    ...about('moved', moved),
    ...about('not restored', notRestored),
  ];
}

function sentence({ what, expected, count, met, others }: Verdict): string {
  const became = others.slice(0, 5).map(({ url, outcome }) => `\n    ${outcome}: ${url}`);
  return `${what}: ${met} of ${count} ${expected}${others.length > 0 ? `, ${others.length} otherwise` : ''}${became.join('')}`;
}
