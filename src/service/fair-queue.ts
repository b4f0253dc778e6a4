// A queue for all tabs, a few pieces of work at a time. Who goes next is decided when there is room, not when
// the work came: meanwhile the page may have been scrolled, or the user be looking at another tab.
import { nextTurn, type Attention, type Claim } from './turns';

interface Entry {
  /** Who wants it; may change while it waits. */
  claims: ReadonlySet<Claim>;
  start: () => Promise<void>;
}

export interface FairQueueOptions {
  concurrency: number;
  attentionOf: (tabId: number) => Attention;
}

export class FairQueue {
  readonly #options: FairQueueOptions;
  readonly #waiting = new Set<Entry>();
  /** Milliseconds that each tab has had, while there was a queue. */
  readonly #servedMs = new Map<number, number>();
  #running = 0;

  constructor(options: FairQueueOptions) {
    this.#options = options;
  }

  /** Pieces of work that wait or run. */
  get size(): number {
    return this.#waiting.size + this.#running;
  }

  /** Rejects with the signal's reason when that aborts before its turn; work that runs sees to that itself. */
  add<T>(claims: ReadonlySet<Claim>, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const onAbort = () => {
        this.#waiting.delete(entry);
        reject(signal.reason as Error);
      };
      const entry: Entry = {
        claims,
        start: () => {
          signal.removeEventListener('abort', onAbort);
          const working = work();
          working.then(resolve, reject);
          return working.then(ignore, ignore);
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#welcome(claims);
      this.#waiting.add(entry);
      this.#fill();
    });
  }

  #fill(): void {
    while (this.#running < this.#options.concurrency) {
      const entry = this.#next();
      if (entry === undefined) break;
      this.#waiting.delete(entry);
      this.#running += 1;
      void this.#run(entry);
    }
    // Past a pause, all begin anew.
    if (this.size === 0) this.#servedMs.clear();
  }

  async #run(entry: Entry): Promise<void> {
    const tabs = new Set(Array.from(entry.claims, ({ tabId }) => tabId));
    const startedAt = performance.now();
    await entry.start();
    const share = (performance.now() - startedAt) / tabs.size;
    for (const tabId of tabs) this.#servedMs.set(tabId, this.#served(tabId) + share);
    this.#running -= 1;
    this.#fill();
  }

  #next(): Entry | undefined {
    const owners = new Map<Claim, Entry>();
    for (const entry of this.#waiting) for (const claim of entry.claims) owners.set(claim, entry);
    const served = (tabId: number) => this.#served(tabId);
    const claim = nextTurn(owners.keys(), this.#options.attentionOf, served);
    return claim && owners.get(claim);
  }

  #served(tabId: number): number {
    return this.#servedMs.get(tabId) ?? 0;
  }

  /** Who has not waited has saved nothing up: it begins level with the one that has had least. */
  #welcome(claims: ReadonlySet<Claim>): void {
    const others = new Set<number>();
    for (const entry of this.#waiting) for (const { tabId } of entry.claims) others.add(tabId);
    if (others.size === 0) return;
    const least = Math.min(...Array.from(others, (tabId) => this.#served(tabId)));
    for (const { tabId } of claims) {
      if (!others.has(tabId)) this.#servedMs.set(tabId, Math.max(this.#served(tabId), least));
    }
  }
}

const ignore = () => undefined;
