// The first image of a new browser: time, memory, and how long its thread was held up.
import { launchBenchBrowser, openBenchPage } from '../browser/bench-browser';
import { watchPeakMemory } from '../browser/peak-memory';
import type { ContestantSpec } from '../contestants';

export interface ColdStart {
  coldMs: number;
  peakMB: number | null;
  blockMs: number;
}

export async function measureCold(
  spec: ContestantSpec,
  url: string,
  size: number,
): Promise<ColdStart> {
  const browser = await launchBenchBrowser();
  try {
    const page = await openBenchPage(browser, url);
    const readPeak = await watchPeakMemory(browser);
    const coldMs = await page.evaluate(([it, side]) => bench.cold(it, side), [spec, size] as const);
    const blockMs = await page.evaluate((side) => bench.longestBlock(side), size);
    return { coldMs, blockMs, peakMB: readPeak?.() ?? null };
  } finally {
    await browser.close();
  }
}
