// Remembers, across a crash, that a graphics driver was being started: a machine that freezes on the first
// picture must not freeze on every picture.
import { storage } from 'wxt/utils/storage';
import type { BackendName, ProbeEntry } from '../inference/types';

/** One may be a browser that was closed just then. */
const maxInterruptions = 2;

const gpuBackends: ReadonlySet<BackendName> = new Set([
  'webgpu',
  'webgl',
  'tfjs-webgpu',
  'tfjs-webgl',
]);

const item = storage.defineItem<number>('local:interruptedStarts', { fallback: 0 });

/** Takes out those that have ended the browser again and again. */
export async function withoutInterrupted(
  wanted: readonly BackendName[],
): Promise<{ candidates: BackendName[]; excluded: ProbeEntry[] }> {
  const isExcluded = (await item.getValue()) >= maxInterruptions;
  const candidates = wanted.filter((backend) => !isExcluded || !gpuBackends.has(backend));
  const excluded = wanted.filter((backend) => !candidates.includes(backend));
  const problem = 'the browser ended while it was started';
  return { candidates, excluded: excluded.map((backend) => ({ backend, ms: null, problem })) };
}

/** Counts as an interruption until `start` has settled. */
export async function noteWhileStarting<T>(
  candidates: readonly BackendName[],
  start: () => Promise<T>,
): Promise<T> {
  if (!candidates.some((backend) => gpuBackends.has(backend))) return start();
  await item.setValue((await item.getValue()) + 1);
  try {
    return await start();
  } finally {
    await item.setValue(0);
  }
}
