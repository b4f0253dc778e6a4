// Which tabs the user looks at. Listens only while there is work: a listener that stays would start the
// background at every change of tabs.
import { browser } from 'wxt/browser';
import type { Attention } from './turns';

export class TabAttention {
  #holders = 0;
  /** Window of each tab that is in front of its window. */
  #inFront = new Map<number, number>();
  #focusedWindow: number | null = null;
  /** Nothing is known before the browser has answered. */
  #isKnown = false;
  readonly #onChange = () => void this.#look();

  of(tabId: number): Attention {
    if (!this.#isKnown) return 'shown';
    const window = this.#inFront.get(tabId);
    if (window === undefined) return 'hidden';
    return window === this.#focusedWindow ? 'focused' : 'shown';
  }

  /** Keeps watching until `work` has settled. */
  async while<T>(work: () => Promise<T>): Promise<T> {
    this.#holders += 1;
    if (this.#holders === 1) this.#watch();
    try {
      return await work();
    } finally {
      this.#holders -= 1;
      if (this.#holders === 0) this.#stop();
    }
  }

  #watch(): void {
    browser.tabs.onActivated.addListener(this.#onChange);
    // Firefox for Android has no windows.
    browser.windows?.onFocusChanged.addListener(this.#onChange);
    this.#onChange();
  }

  #stop(): void {
    browser.tabs.onActivated.removeListener(this.#onChange);
    browser.windows?.onFocusChanged.removeListener(this.#onChange);
    this.#isKnown = false;
  }

  async #look(): Promise<void> {
    try {
      const [tabs, focused] = await Promise.all([
        browser.tabs.query({ active: true }),
        browser.windows?.getLastFocused(),
      ]);
      if (this.#holders === 0) return;
      this.#inFront = new Map(tabs.map(({ id = -1, windowId }) => [id, windowId]));
      this.#focusedWindow = focused?.id ?? null;
      this.#isKnown = true;
    } catch {
      // Everyone stays equal.
    }
  }
}
