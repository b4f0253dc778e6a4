// report.json: the extension's own account of each image, and what the demo expected.
import type { ImageReport } from '../../src/messages';
import { exhibits, type Exhibit } from './gallery';

export interface DemoImage {
  name: string;
  url: string;
  natural: [number, number];
  /** Device pixels. */
  shown: [number, number];
  decision: ImageReport['state']['kind'];
  reason: string | null;
  scale: number | null;
  backend: string | null;
  model: string | null;
  ms: number | null;
  bytes: { source: number; result: number } | null;
}

export interface DemoReport {
  url: string;
  browser: { name: string; version: string };
  totals: { upscaled: number; leftAlone: number; failed: number; ms: number };
  images: DemoImage[];
}

export function exhibitOf(url: string): Exhibit | undefined {
  return exhibits.find(({ file }) => url.endsWith(`/images/${file}`));
}

export function demoReport(
  url: string,
  name: string,
  version: string,
  reports: ImageReport[],
): DemoReport {
  const images = reports.map(demoImage);
  const count = (decision: DemoImage['decision']) =>
    images.filter((image) => image.decision === decision).length;
  return {
    url,
    browser: { name, version },
    totals: {
      upscaled: count('upscaled'),
      leftAlone: count('skipped'),
      failed: count('failed'),
      ms: images.reduce((sum, { ms }) => sum + (ms ?? 0), 0),
    },
    images,
  };
}

function demoImage(report: ImageReport): DemoImage {
  const { state, url } = report;
  const result = state.kind === 'upscaled' ? state : null;
  return {
    name: exhibitOf(url)?.name ?? url.split('/').pop() ?? url,
    url,
    natural: [report.naturalWidth, report.naturalHeight],
    shown: [report.shownWidth, report.shownHeight],
    decision: state.kind,
    reason: reasonOf(state),
    scale: result?.scale ?? null,
    backend: result?.backend ?? null,
    model: result?.model ?? null,
    ms: result && Math.round(result.ms),
    bytes: result && { source: result.sourceBytes, result: result.resultBytes },
  };
}

function reasonOf(state: ImageReport['state']): string | null {
  switch (state.kind) {
    case 'skipped':
      return state.reason;
    case 'failed':
      return `${state.reason}: ${state.detail}`;
    case 'upscaled':
    case 'waiting':
      return null;
  }
}

/** A line for each exhibit that went otherwise than declared. */
export function unmetExpectations({ images }: DemoReport): string[] {
  return exhibits.flatMap((exhibit) => {
    const image = images.find(({ url }) => exhibitOf(url) === exhibit);
    const decision = image?.decision ?? 'not seen';
    const isMet = (decision === 'upscaled') === (exhibit.expected === 'upscaled');
    if (isMet) return [];
    return [`${exhibit.name}: expected ${exhibit.expected}, but ${decision} (${image?.reason})`];
  });
}
