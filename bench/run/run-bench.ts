// One run of the bench: who can start, warm times in turns, then quality, then a cold start of each.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { openBenchPage } from '../browser/bench-browser';
import type { ContestantSpec } from '../contestants';
import type { BenchOptions } from '../options';
import type { Absent, Results, Row } from '../report/results';
import { median, quantile } from '../report/statistics';
import { describeMachine } from './describe-machine';
import { measureCold, type ColdStart } from './measure-cold';
import { measureWarm, type WarmTimes } from './measure-warm';
import { firstLine, openStarters, type Starter } from './starters';

type Quality = Partial<Record<string, number>>;

export async function runBench(
  browser: Browser,
  url: string,
  specs: ContestantSpec[],
  options: BenchOptions,
): Promise<Results> {
  const blank = await openBenchPage(browser, url);
  const machine = await describeMachine(browser, blank, options.note);
  const { starters, absent } = await openStarters(browser, url, specs);
  const warm = await measureWarm(starters, options);
  absent.push(...warm.absent);
  const quality = await measureQuality(starters, options, absent);
  const cold = new Map<Starter, ColdStart>();
  for (const starter of starters) {
    // No other page may be at work or in memory.
    await starter.page.close();
  }
  for (const starter of starters) {
    const { coldSize } = options;
    if (coldSize === null || isTooSlow(starter, warm.warm)) continue;
    cold.set(starter, await measureCold(starter.spec, url, coldSize));
  }
  const rows = warm.warm.map((entry) => toRow(entry, cold.get(entry.starter), quality, options));
  // Who fails in each round is told of once.
  const told = new Map(absent.map((each) => [each.who, each]));
  return { machine, rows, absent: [...told.values()] };
}

/** Software renderers: their quality is that of WASM, and their first image takes for ever. */
function isTooSlow({ id }: Starter, warm: WarmTimes[]): boolean {
  const best = warm.filter(({ starter, task }) => starter.id === id && task === 'image').at(-1);
  return !best || median(best.times) > 10_000;
}

/** By contestant and model: the backend makes no difference to it. */
async function measureQuality(
  starters: Starter[],
  { testSets, dataDir }: BenchOptions,
  absent: Absent[],
): Promise<Map<string, Quality>> {
  const found = new Map<string, Quality>();
  for (const { spec, id, page } of starters) {
    const key = qualityKey(spec);
    if (found.has(key) || !/wasm/.test(spec.backend) || spec.model.includes('untrained')) continue;
    const quality: Quality = {};
    for (const set of testSets) {
      if (!existsSync(join(dataDir, set))) {
        absent.push({ who: `quality on ${set}`, why: `no ${join(dataDir, set)}` });
        continue;
      }
      try {
        quality[set] = await page.evaluate((name) => bench.quality(name), set);
      } catch (error) {
        absent.push({ who: `${id} on ${set}`, why: firstLine(error) });
      }
    }
    found.set(key, quality);
  }
  return found;
}

function qualityKey({ contestant, model, scale }: ContestantSpec): string {
  return `${contestant} ${model} x${scale}`;
}

function toRow(
  { starter, task, size, times }: WarmTimes,
  cold: ColdStart | undefined,
  quality: Map<string, Quality>,
  { coldSize }: BenchOptions,
): Row {
  const { spec, macsPerPixel } = starter;
  const { contestant, model, backend, threads, scale } = spec;
  const warmMs = median(times);
  const start = task === 'image' && size === coldSize ? cold : undefined;
  const reached = quality.get(qualityKey(spec));
  return {
    ...{ task, contestant, model, backend, threads, scale, size },
    warmMs,
    minMs: Math.min(...times),
    p95Ms: quantile(times, 0.95),
    runs: times.length,
    gflops: macsPerPixel === null ? null : (2 * macsPerPixel * size * size) / warmMs / 1e6,
    coldMs: start?.coldMs ?? null,
    peakMB: start?.peakMB ?? null,
    blockMs: start?.blockMs ?? null,
    psnrSet5: reached?.['Set5'] ?? null,
    psnrSet14: reached?.['Set14'] ?? null,
  };
}
