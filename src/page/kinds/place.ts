// A place on the page that shows an image: what every kind of element has to answer.
import type { SkipReason } from '../../reasons';
import type { Shown, Size } from '../need';
import type { Picture } from '../picture';

/** What the page shows at a place by itself, before any swap. */
export interface Original {
  url: string;
  /** In CSS pixels; 0 wide where the browser shows no picture. */
  natural: Size;
  /** How the page loaded it: null without CORS. */
  crossOrigin: string | null;
  /** The element's own `referrerpolicy`, '' without one; null where not the page but a style sheet names itself. */
  referrerPolicy: string | null;
  /** The page offers more than one size, and the browser chooses. */
  responsive: boolean;
}

export interface Place {
  readonly element: Element;
  /**
   * Null where nothing is to be seen, or not yet; `lookAgain` follows then. Asked only while no picture of
   * ours is there.
   */
  original(): Original | null;
  measure(original: Original): Shown;
  /**
   * Resolves when the browser proves that it shows the picture. `onGivenWay` is called when the page changes
   * the place afterwards: ours is gone by then, and the page's change stays.
   */
  swapIn(
    original: Original,
    picture: Picture,
    signal: AbortSignal,
    onGivenWay: () => void,
  ): Promise<SwapOutcome>;
  /** Resolves when the browser shows the original again, after a swap was taken back. */
  settled(): Promise<void>;
}

export interface Swap {
  /** Puts everything back as it was. */
  restore(): void;
  /** The browser shows the picture still. */
  holds(): boolean;
}

export type SwapOutcome =
  | { kind: 'swapped'; swap: Swap }
  /** The page changed the place, or Upres was turned off, before the browser showed the picture. */
  | { kind: 'given-way' }
  | { kind: 'skipped'; reason: SkipReason }
  | { kind: 'failed'; detail: string };
