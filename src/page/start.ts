// The content side of one frame. Fails soft: whatever happens, the page keeps its originals.
import { browser } from 'wxt/browser';
import { log } from '../log';
import { createQuietLoads } from './quiet-loads';
import { startSession } from './session';
import { whileOn } from './switch';

export function startPage(signal: AbortSignal): void {
  // Even while off: it must be there before any listener of the page.
  const quietLoads = createQuietLoads(document);
  whileOn((limits, on) => startSession(limits, quietLoads, on), whileExtensionLives(signal)).catch(
    (error: unknown) => log('page-not-started', { detail: String(error) }),
  );
}

/**
 * Aborts too when the extension was updated or taken out. Nothing tells a page of that, so it is looked at
 * when the user comes back to it.
 */
function whileExtensionLives(signal: AbortSignal): AbortSignal {
  const gone = new AbortController();
  document.addEventListener(
    'visibilitychange',
    () => {
      if (browser.runtime?.id === undefined) gone.abort();
    },
    { signal: AbortSignal.any([signal, gone.signal]) },
  );
  return AbortSignal.any([signal, gone.signal]);
}
