// The corpus as Markdown: a row a site, and below what became of which images.
import type { Comparison } from './compare';
import { faultsOf } from './compare';
import { isFulfilled, type Verdict } from './judge';

export function siteTable(comparisons: Comparison[]): string {
  const rows = comparisons.map((comparison) => {
    const { site, verdicts, layoutShift, longestTaskMs, contentTaskMs, bytes } = comparison;
    const [upscaled, left] = [
      verdicts.filter(isUpscale),
      verdicts.filter((each) => !isUpscale(each)),
    ];
    return [
      site.name,
      ofAll(upscaled),
      ofAll(left),
      layoutShift.on === null ? '–' : `${rounded(layoutShift.off)} / ${rounded(layoutShift.on)}`,
      String(comparison.moved.length),
      longestTaskMs.on === null ? '–' : `${whole(longestTaskMs.off)} / ${whole(longestTaskMs.on)}`,
      contentTaskMs.toFixed(1),
      `${kilobytes(bytes.off)} / +${kilobytes(Math.max(0, bytes.on - bytes.off))}`,
      String(comparison.errors.length),
      comparison.notRestored.length === 0 ? 'yes' : 'no',
      faultsOf(comparison).length === 0 ? 'as expected' : 'not as expected',
    ];
  });
  return table(
    [
      'site',
      'upscaled',
      'left alone',
      'layout shift, off / on',
      'moved',
      'longest task, ms, off / on',
      'of the content script, ms',
      'KB, off / more',
      'errors',
      'restored',
      '',
    ],
    rows,
  );
}

/** What each site has, what should become of it and what did, and why if it is something else. */
export function imageTable(comparisons: Comparison[]): string {
  const rows = comparisons.flatMap(({ site, browser, verdicts }) =>
    verdicts.map((verdict) => [
      site.name,
      verdict.what,
      verdict.expected,
      `${verdict.met} of ${Math.max(verdict.count, verdict.met)}`,
      isFulfilled(verdict) ? '' : `${browser}: ${otherwise(verdict)}`,
    ]),
  );
  return table(['site', 'images', 'should be', 'were', 'otherwise'], rows);
}

const isUpscale = ({ expected }: Verdict) => expected === 'upscaled';

function ofAll(verdicts: Verdict[]): string {
  const sum = (of: (verdict: Verdict) => number) =>
    verdicts.reduce((total, verdict) => total + of(verdict), 0);
  return `${sum(({ met }) => met)} of ${sum(({ met, count, others }) => Math.max(met + others.length, count))}`;
}

function otherwise({ others, missing }: Verdict): string {
  const counts = new Map<string, number>();
  for (const { outcome } of others) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const unseen = missing - others.length;
  return [
    ...[...counts].map(([outcome, count]) => `${count} ${outcome}`),
    ...(unseen > 0 ? [`${unseen} not noticed`] : []),
  ].join(', ');
}

const rounded = (value: number | null) => String(Math.round((value ?? 0) * 1e4) / 1e4);
const whole = (value: number | null) => String(Math.round(value ?? 0));
const kilobytes = (bytes: number) => String(Math.round(bytes / 1000));

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
