// Makes a worker where the platform has them: in Firefox's event page, and in the offscreen document of Chrome.
import { browser } from 'wxt/browser';
import type { WorkerBirth } from '../../inference/threads/protocol';

/** It holds `lock`, and serves `port`. */
export function makePageWorker(lock: string, port: MessagePort): Worker {
  const worker = new Worker(new URL('/tile-worker.js', browser.runtime.getURL('/')));
  worker.postMessage({ lock } satisfies WorkerBirth, [port]);
  return worker;
}
