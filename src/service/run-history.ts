// How long the last images took and what ran them, for the popup. Kept for the browser session: the
// background itself ends after half a minute without work.
import { storage } from 'wxt/utils/storage';
import type { HostStatus } from '../messages';

interface RunHistory {
  /** Of the images that really ran, the last at the end. */
  ms: number[];
  engine: Pick<HostStatus, 'backend' | 'probe'>;
}

const maxRuns = 50;

const item = storage.defineItem<RunHistory>('session:runHistory', {
  fallback: { ms: [], engine: { backend: null, probe: [] } },
});

export function readRunHistory(): Promise<RunHistory> {
  return item.getValue();
}

export async function noteRun(ms: number, { backend, probe }: RunHistory['engine']): Promise<void> {
  const history = await item.getValue();
  await item.setValue({ ms: [...history.ms, ms].slice(-maxRuns), engine: { backend, probe } });
}

export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}
