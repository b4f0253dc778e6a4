// A service worker ends after 30 seconds without events, and an event page of Firefox likewise. While work
// is held, a cheap call of an extension API every 20 seconds counts as one.
import { browser } from 'wxt/browser';

const periodMs = 20_000;

let holders = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** Keeps the background alive until `work` has settled. */
export async function keepAliveWhile<T>(work: () => Promise<T>): Promise<T> {
  holders += 1;
  timer ??= setInterval(() => void browser.runtime.getPlatformInfo(), periodMs);
  try {
    return await work();
  } finally {
    holders -= 1;
    if (holders === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  }
}
