// Waiting with an end: for promises of a driver that may never settle.

/** The promise, or a rejection with the signal's reason as soon as it is aborted. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Lets messages, aborts and timers run: microtasks alone (all that WASM needs) would hold them up. */
export function nextTask(): Promise<void> {
  // setTimeout is clamped to 4 ms when nested, and scheduler.yield may run before a waiting message.
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
