// Whose turn it is: the order of work among all tabs, as numbers.

/** How much a tab is looked at: in the window in front, in front of another window, or not at all. */
export type Attention = 'focused' | 'shown' | 'hidden';

/** A claim on work that waits. Its area changes while it does, as the page is scrolled. */
export interface Claim {
  readonly tabId: number;
  /** Area in view, CSS pixels; 0 when only near the viewport. */
  visibleArea: number;
}

/** The share of the engine while several tabs want it, where none of them is hidden. */
const shares: Record<Exclude<Attention, 'hidden'>, number> = { focused: 4, shown: 1 };

/**
 * The claim to serve next: tabs that are looked at before hidden ones; there, what is in view before what is
 * only near; there, the tab that has had least for its share, so that a page full of images holds up no other
 * window; there, what shows most. The first among equals. Undefined when nobody waits.
 */
export function nextTurn<T extends Claim>(
  waiting: Iterable<T>,
  attentionOf: (tabId: number) => Attention,
  servedMs: (tabId: number) => number,
): T | undefined {
  let best: { claim: T; rank: number[] } | undefined;
  for (const claim of waiting) {
    const attention = attentionOf(claim.tabId);
    const share = attention === 'hidden' ? 1 : shares[attention];
    const rank = [
      attention === 'hidden' ? 0 : 1,
      claim.visibleArea > 0 ? 1 : 0,
      -servedMs(claim.tabId) / share,
      claim.visibleArea,
    ];
    if (best === undefined || isHigher(rank, best.rank)) best = { claim, rank };
  }
  return best?.claim;
}

function isHigher(rank: number[], other: number[]): boolean {
  for (const [i, value] of rank.entries()) {
    const against = other[i] ?? 0;
    if (value !== against) return value > against;
  }
  return false;
}
