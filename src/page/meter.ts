// The longest stretch of work on the page's thread, so that "nothing slows the page" is a number.

export interface Meter {
  readonly longestMs: number;
  /** Runs `work` and keeps the time if it was the longest so far. */
  run<T>(work: () => T): T;
}

export function createMeter(now: () => number = () => performance.now()): Meter {
  let longestMs = 0;
  let depth = 0;
  return {
    get longestMs() {
      return longestMs;
    },
    run(work) {
      // Nested calls belong to the stretch of the outermost one.
      if (depth > 0) return work();
      const start = now();
      depth++;
      try {
        return work();
      } finally {
        depth--;
        longestMs = Math.max(longestMs, now() - start);
      }
    },
  };
}
