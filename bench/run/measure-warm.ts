// Warm times. The contestants take turns, round by round, so that a busy minute of the machine hits all alike.
import type { Task } from '../contestants';
import { median } from '../report/statistics';
import type { Absent } from '../report/results';
import { firstLine, type Starter } from './starters';

export interface WarmOptions {
  sizes: number[];
  rounds: number;
  /** For one visit of one contestant. */
  visitMs: number;
  /** Who would take longer for one run does not start at that size. */
  runLimitMs: number;
}

export interface WarmTimes {
  starter: Starter;
  task: Task;
  size: number;
  times: number[];
}

const maxRunsOfVisit = 10;
/** Tells who would be too slow already at the first size. */
const trialSize = 32;

export async function measureWarm(
  starters: Starter[],
  { sizes, rounds, visitMs, runLimitMs }: WarmOptions,
): Promise<{ warm: WarmTimes[]; absent: Absent[] }> {
  const warm: WarmTimes[] = [];
  const absent: Absent[] = [];
  const all = starters.flatMap((starter) => starter.tasks.map((task) => ({ starter, task })));
  const trials: WarmTimes[] = all.map((it) => ({ ...it, size: trialSize, times: [] }));
  for (const trial of trials) await visit(trial, 0, absent);
  let last = trials.filter(({ times }) => times.length > 0);
  for (const size of sizes) {
    const entries: WarmTimes[] = [];
    for (const { starter, task } of all) {
      const before = last.find((entry) => entry.starter === starter && entry.task === task);
      if (!before) continue;
      const expectedMs = median(before.times) * (size / before.size) ** 2;
      if (expectedMs > runLimitMs) {
        const seconds = (expectedMs / 1000).toFixed(1);
        absent.push({ who: `${starter.id}, ${task} ${size}²`, why: `about ${seconds} s a run` });
      } else {
        entries.push({ starter, task, size, times: [] });
      }
    }
    for (let round = 0; round < rounds; round++) {
      for (const entry of entries) await visit(entry, visitMs, absent);
    }
    last = entries.filter(({ times }) => times.length > 0);
    warm.push(...last);
  }
  return { warm, absent };
}

async function visit(entry: WarmTimes, visitMs: number, absent: Absent[]): Promise<void> {
  const { starter, task, size, times } = entry;
  const asked = { task, size, limitMs: visitMs, maxRuns: maxRunsOfVisit };
  try {
    times.push(...(await starter.page.evaluate((it) => bench.visit(it), asked)));
  } catch (error) {
    absent.push({ who: `${starter.id}, ${task} ${size}²`, why: firstLine(error) });
  }
}
