// docs/soak.md: what grew and what did not.
import prettier from 'prettier';
import { inUnit, measures, type Measure } from './measures';
import type { Sample } from './sample';
import { trendOf, type Trend } from './trend';

export interface Soak {
  version: string;
  samples: Sample[];
  /** Visits that broke. */
  problems: string[];
  visits: number;
  /** Images made sharp in the tabs that came and went. */
  images: number;
}

/** This part of the time belongs to filling caches and compiling code. */
const warmUpShare = 0.25;

export async function soakDocument(soak: Soak): Promise<{ markdown: string; isFlat: boolean }> {
  const minutes = soak.samples.at(-1)?.minutes ?? 0;
  const warm = soak.samples.filter((sample) => sample.minutes >= minutes * warmUpShare);
  const rows = measures.map((measure) => {
    const points = warm.map((sample) => ({
      minutes: sample.minutes,
      value: inUnit(measure, sample),
    }));
    return { measure, trend: trendOf(points) };
  });
  const markdown = `# The soak

Written by \`npm run soak -- --minutes 60\` (${soak.version}, ${minutes.toFixed(0)} minutes, ${soak.visits} visits, ${soak.images} images
made sharp in them, ${soak.problems.length} visits that broke). The sites of the [corpus](corpus.md) are opened in new tabs one after another, scrolled, used and closed,
while one gallery stays open and is used after every fourth of them. Then a sample is taken, after garbage
collection, when the extension has been idle for 20 seconds; the first quarter of the time is warm-up. Growth is the
median of the slopes between all pairs of samples. Memory of processes is their proportional share (PSS).

${rowsAsTable(rows)}

![Every sample](images/soak.svg)
${soak.problems.map((problem) => `\n- ${problem}`).join('')}
`;
  const options = await prettier.resolveConfig('docs/soak.md');
  return {
    markdown: await prettier.format(markdown, { ...options, parser: 'markdown' }),
    isFlat: rows.every(isFlat),
  };
}

interface Row {
  measure: Measure;
  trend: Trend;
}

const isFlat = ({ measure, trend }: Row) => trend.perHour <= measure.maxGrowthPerHour;

function rowsAsTable(rows: Row[]): string {
  const lines = rows.map((row) => {
    const { measure, trend } = row;
    const unit = measure.unit === 'MB' ? ' MB' : '';
    const number = (value: number) => `${value.toFixed(unit ? 1 : 0)}${unit}`;
    const growth = `${trend.perHour.toFixed(unit ? 2 : 1)}${unit}`;
    return `| ${measure.title} | ${number(trend.first)} | ${number(trend.last)} | ${number(trend.median)} | ${growth} | ${measure.maxGrowthPerHour}${unit} | ${isFlat(row) ? 'yes' : 'no'} |`;
  });
  return [
    '| | first | last | median | growth an hour | at most | flat |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}
