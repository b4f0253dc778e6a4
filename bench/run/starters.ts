// Opens a page for each contestant and drops, with its reason, who can't run here or computes something else.
import type { Browser, Page } from 'playwright';
import { openBenchPage } from '../browser/bench-browser';
import { idOf, type ContestantSpec, type Task } from '../contestants';
import type { Absent } from '../report/results';

export interface Starter {
  spec: ContestantSpec;
  id: string;
  page: Page;
  macsPerPixel: number | null;
  tasks: Task[];
}

const sampleSize = 48;
const sampleCount = 400;
/** Of 1: a quarter of a level of 255. All orders of adding up float32 agree by far more. */
const tolerance = 1e-3;

export async function openStarters(
  browser: Browser,
  url: string,
  specs: ContestantSpec[],
): Promise<{ starters: Starter[]; absent: Absent[] }> {
  const starters: Starter[] = [];
  const absent: Absent[] = [];
  /** By model, what its first contestant computes. */
  const expected = new Map<string, { by: string; samples: number[] }>();
  for (const spec of specs) {
    const id = idOf(spec);
    const page = await openBenchPage(browser, url);
    try {
      const { macsPerPixel, hasNetwork } = await page.evaluate((it) => bench.load(it), spec);
      if (hasNetwork) {
        const samples = await page.evaluate(([size, count]) => bench.sampleNetwork(size, count), [
          sampleSize,
          sampleCount,
        ] as const);
        const first = expected.get(spec.model);
        if (first) requireSame(samples, first);
        else expected.set(spec.model, { by: id, samples });
      }
      const tasks: Task[] = hasNetwork ? ['network', 'image'] : ['image'];
      starters.push({ spec, id, page, macsPerPixel, tasks });
    } catch (error) {
      absent.push({ who: id, why: firstLine(error) });
      await page.close();
    }
  }
  return { starters, absent };
}

function requireSame(samples: number[], first: { by: string; samples: number[] }): void {
  const worst = Math.max(...samples.map((value, i) => Math.abs(value - (first.samples[i] ?? NaN))));
  if (!(worst <= tolerance))
    throw new Error(`its result is ${worst} away from that of ${first.by}`);
}

export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? '').replace(/^page\.evaluate: /, '');
}
