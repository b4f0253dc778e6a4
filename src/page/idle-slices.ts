// Runs queued work in the page's idle time, a few milliseconds at a time.
import type { Meter } from './meter';

/** After so much nothing more is begun, so that a stretch stays below 4; the rest waits for the next idle moment. */
export const sliceMs = 2.5;
/** A page that is never idle still gets its images, just later. */
const timeoutMs = 500;

export interface IdleSlices {
  /** Steps through `work`; each step should be far below a millisecond. */
  add(work: Iterator<void>): void;
}

export function createIdleSlices(meter: Meter, signal: AbortSignal): IdleSlices {
  const queue: Iterator<void>[] = [];
  let handle: number | null = null;

  const runSlice = () => {
    handle = null;
    meter.run(() => {
      const end = performance.now() + sliceMs;
      for (let work = queue[0]; work; work = queue[0]) {
        if (work.next().done) queue.shift();
        if (performance.now() >= end) break;
      }
    });
    schedule();
  };
  const schedule = () => {
    if (handle !== null || queue.length === 0 || signal.aborted) return;
    handle = requestIdleCallback(runSlice, { timeout: timeoutMs });
  };
  signal.addEventListener('abort', () => {
    queue.length = 0;
    if (handle !== null) cancelIdleCallback(handle);
  });

  return {
    add(work) {
      queue.push(work);
      schedule();
    },
  };
}
