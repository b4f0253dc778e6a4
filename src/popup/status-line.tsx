// What runs, how fast, and what the cache holds.
import type { HostStatus } from '../messages';
import { bytes, milliseconds } from './sentences';

interface StatusLineProps {
  status: HostStatus | undefined;
  onClearCache: () => void;
}

export function StatusLine({ status, onClearCache }: StatusLineProps) {
  if (!status) return <footer class="status">Asking the background…</footer>;
  const { backend, medianMs, cache } = status;
  return (
    <footer class="status">
      <p>
        {backend === null ? 'Nothing has run since the browser started' : `Runs on ${backend}`}
        {medianMs !== null && `, ${milliseconds(medianMs)} an image (median)`}
      </p>
      <p>
        Cache: {cache.entries.toLocaleString()} {cache.entries === 1 ? 'image' : 'images'},{' '}
        {bytes(cache.bytes)}
        <button type="button" onClick={onClearCache} disabled={cache.entries === 0}>
          Clear cache
        </button>
      </p>
    </footer>
  );
}
