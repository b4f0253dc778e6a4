// What runs, how fast, and what the cache holds.
import type { HostStatus } from '../messages';
import { bytes, milliseconds, probeSentence, tierSentence } from './sentences';

interface StatusLineProps {
  status: HostStatus | undefined;
  onClearCache: () => void;
}

export function StatusLine({ status, onClearCache }: StatusLineProps) {
  if (!status) return <footer class="status">Asking the background…</footer>;
  const { backend, probe, choice, threads, medianMs, cache } = status;
  return (
    <footer class="status">
      {backend === null ? (
        <p>Nothing has run since the browser started</p>
      ) : (
        <details>
          <summary>
            Runs on {backend}
            {threads > 1 && ` with ${threads} threads`}
            {medianMs !== null && `, ${milliseconds(medianMs)} an image (median)`}
          </summary>
          <ul>
            {probe.map((entry) => (
              <li key={entry.backend}>{probeSentence(entry)}</li>
            ))}
          </ul>
        </details>
      )}
      {choice && <p>Model: {tierSentence(choice)}</p>}
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
