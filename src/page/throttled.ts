// At most one call per interval, the first at once, the last never lost.

export function throttled(call: () => void, intervalMs: number, signal: AbortSignal): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let again = false;
  const run = () => {
    again = false;
    timer = setTimeout(() => {
      timer = null;
      if (again) run();
    }, intervalMs);
    call();
  };
  signal.addEventListener('abort', () => {
    if (timer !== null) clearTimeout(timer);
  });
  return () => {
    if (signal.aborted) return;
    if (timer === null) run();
    else again = true;
  };
}
