// The offscreen document's side: makes and ends workers as the service worker says. What is computed goes
// straight between the two, through a port of their own.
import type { WorkersOrder } from './orders';
import { makePageWorker } from './page-worker';

export function serveWorkers(): void {
  const workers = new Map<string, Worker>();

  const obey = (order: WorkersOrder, port: MessagePort | undefined): void => {
    switch (order.kind) {
      case 'spawn':
        if (!port) throw new Error('a worker is made with a port');
        if (workers.size === 0) closeAfter(order.background);
        workers.set(order.lock, makePageWorker(order.lock, port));
        return;
      case 'terminate':
        workers.get(order.lock)?.terminate();
        workers.delete(order.lock);
    }
  };
  navigator.serviceWorker.addEventListener('message', ({ data, ports }) => {
    obey(data as WorkersOrder, ports[0]);
  });
}

/** The service worker that made this document may be stopped at any time, and its next life knows nothing of it. */
function closeAfter(background: string): void {
  void navigator.locks.request(background, () => window.close());
}
