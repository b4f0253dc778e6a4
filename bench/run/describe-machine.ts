// On what the figures were measured.
import { cpus, release, type } from 'node:os';
import type { Browser, Page } from 'playwright';
import type { Machine } from '../report/results';

export async function describeMachine(
  browser: Browser,
  blank: Page,
  note: string,
): Promise<Machine> {
  const { gflops, fused } = await blank.evaluate(() => bench.peak());
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    os: `${type()} ${release()}`,
    browser: `Chromium ${browser.version()}`,
    date: new Date().toISOString().slice(0, 10),
    note,
    peakGflops: gflops,
    fusedMultiplyAdd: fused,
  };
}
