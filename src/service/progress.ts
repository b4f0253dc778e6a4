// Tells the page how far its image is, at most ten times a second: a tile takes a few milliseconds.
import { sendMessage } from '../messages';
import type { Origin } from './origin';
import type { OnProgress } from './queue';

const periodMs = 100;

export function progressTo({ tabId, frameId }: Origin, id: string): OnProgress {
  let sentAt = -Infinity;
  return (done, total) => {
    const now = performance.now();
    if (now - sentAt < periodMs) return;
    sentAt = now;
    // The page may have gone meanwhile; then nobody needs to know.
    sendMessage('progress', { id, done, total }, { tabId, frameId }).catch(() => null);
  };
}
