// The offscreen document, in which Chrome's service worker has its workers made. It is open as long as there is
// one: opened with the first, closed with the last.
import { browser } from 'wxt/browser';
import type { SpawnedWorker } from '../../inference/threads/tile-worker';
import type { WorkersOrder } from './orders';

const path = '/workers.html';

/** What is used of the service worker's own scope. */
interface Client {
  url: string;
  postMessage(order: WorkersOrder, transfer?: Transferable[]): void;
}
interface ServiceWorkerScope {
  clients: { matchAll(options: { includeUncontrolled: true }): Promise<Client[]> };
}

export class WorkersDocument {
  readonly #workers = new Set<string>();
  #document: Promise<Client> | null = null;
  #closed: Promise<void> = Promise.resolve();
  #lock: Promise<string> | null = null;

  async spawn(lock: string): Promise<SpawnedWorker> {
    this.#workers.add(lock);
    try {
      this.#lock ??= holdLock();
      this.#document ??= this.#open();
      const [document, background] = await Promise.all([this.#document, this.#lock]);
      const { port1: port, port2 } = new MessageChannel();
      document.postMessage({ kind: 'spawn', lock, background }, [port2]);
      const terminate = () => {
        document.postMessage({ kind: 'terminate', lock });
        this.#remove(lock);
      };
      return { port, terminate };
    } catch (error) {
      this.#remove(lock);
      throw error;
    }
  }

  #remove(lock: string): void {
    this.#workers.delete(lock);
    if (this.#workers.size > 0 || this.#document === null) return;
    this.#document = null;
    this.#closed = this.#close();
  }

  async #open(): Promise<Client> {
    await this.#closed;
    // That of a background which was stopped closes by itself, maybe not yet.
    await this.#close();
    await browser.offscreen.createDocument({
      url: path,
      reasons: ['WORKERS'],
      justification: 'Upscales the tiles of images on several threads.',
    });
    const { clients } = globalThis as unknown as ServiceWorkerScope;
    const all = await clients.matchAll({ includeUncontrolled: true });
    const document = all.find(({ url }) => new URL(url).pathname === path);
    if (!document) throw new Error('the offscreen document is not among the clients');
    return document;
  }

  /** Does nothing where none is open. */
  async #close(): Promise<void> {
    await browser.offscreen.closeDocument().catch(() => null);
  }
}

/** Held until the service worker ends, by which the document knows that it has. */
function holdLock(): Promise<string> {
  const lock = `upres background ${crypto.randomUUID()}`;
  return new Promise((resolve) => {
    void navigator.locks.request(lock, () => {
      resolve(lock);
      return new Promise(() => {});
    });
  });
}
