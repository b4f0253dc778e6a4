// The page's side of the bench: what the command calls by `page.evaluate`.
import type { ContestantSpec } from '../contestants';
import { compareEncodings } from './compare-encodings';
import { measurePeak } from './peak-flops';
import { measureQuality } from './measure-quality';
import { timePixelPath } from './pixel-path';
import { timeProbes } from './time-probes';
import { Stopwatch, type Visit } from './stopwatch';

let stopwatch: Stopwatch | null = null;
let scale = 0;

function current(): Stopwatch {
  if (!stopwatch) throw new Error('no contestant in this page yet');
  return stopwatch;
}

const bench = {
  async load(spec: ContestantSpec) {
    stopwatch = await Stopwatch.start(spec);
    scale = spec.scale;
    const { macsPerPixel, prepareNetwork } = stopwatch.contestant;
    return { macsPerPixel, hasNetwork: prepareNetwork !== null };
  },
  async cold(spec: ContestantSpec, size: number) {
    const result = await Stopwatch.cold(spec, size);
    stopwatch = result.stopwatch;
    return result.ms;
  },
  visit: (visit: Visit) => current().visit(visit),
  longestBlock: (size: number) => current().longestBlock(size),
  sampleNetwork: (size: number, count: number) => current().sampleNetwork(size, count),
  quality: (set: string) => measureQuality(current().contestant, set, scale),
  peak: () => measurePeak(),
  path: timePixelPath,
  encodings: compareEncodings,
  probes: timeProbes,
};

export type BenchPage = typeof bench;

declare global {
  var bench: BenchPage;
}

globalThis.bench = bench;
