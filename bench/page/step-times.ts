// Times of the steps of some work that is done again and again, the same way each time.

export class StepTimes {
  /** By step, the least of each of its calls in a round: what is above that, others on the machine took. */
  readonly #least = new Map<string, number[]>();
  readonly #calls = new Map<string, number>();

  beginRound(): void {
    this.#calls.clear();
  }

  async time<T>(step: string, run: () => T): Promise<Awaited<T>> {
    const start = performance.now();
    const result = await run();
    const ms = performance.now() - start;
    const call = this.#calls.get(step) ?? 0;
    this.#calls.set(step, call + 1);
    const least = this.#least.get(step) ?? [];
    least[call] = Math.min(least[call] ?? Infinity, ms);
    this.#least.set(step, least);
    return result;
  }

  /** Milliseconds of a round, in the order in which the steps first came. */
  get totals(): { step: string; ms: number }[] {
    return [...this.#least].map(([step, least]) => ({
      step,
      ms: least.reduce((sum, ms) => sum + ms, 0),
    }));
  }
}
