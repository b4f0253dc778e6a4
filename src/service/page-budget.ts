// How much of the engine's time one page may take. A page of images without end must not keep the machine
// busy for ever; but what it has used comes back with the time that passes.

/** Of the time that passes, so much is given back. */
const refillRate = 0.1;

export interface Use {
  usedMs: number;
  /** Milliseconds on any clock that does not run back. */
  at: number;
}

/** What of it counts at the time `now`. */
export function usedAt({ usedMs, at }: Use, now: number): number {
  return Math.max(0, usedMs - (now - at) * refillRate);
}

/** By tab; a tab shows one page at a time. In memory alone: with the background, the counts begin anew. */
export class PageBudgets {
  readonly #uses = new Map<number, Use>();

  isSpent(tabId: number, budgetMs: number, now = performance.now()): boolean {
    return this.#used(tabId, now) >= budgetMs;
  }

  charge(tabId: number, ms: number, now = performance.now()): void {
    this.#uses.set(tabId, { usedMs: this.#used(tabId, now) + ms, at: now });
  }

  /** Another page, or none. */
  forget(tabId: number): void {
    this.#uses.delete(tabId);
  }

  #used(tabId: number, now: number): number {
    const use = this.#uses.get(tabId);
    return use === undefined ? 0 : usedAt(use, now);
  }
}
