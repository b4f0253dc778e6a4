// The pictures that are shown by style rules of ours: puts those of one element into one rule, proves that
// the rule wins, and gives way when the page's own style changes under it.
import type { Pseudo, StyleRules } from '../css/style-rules';
import { includingShadows } from '../walk';
import type { Swap, SwapOutcome } from './place';

export interface StyleSwap {
  element: HTMLElement;
  pseudo: Pseudo;
  /** On paper, browsers leave backgrounds out; what is more than a background shows its original there. */
  screenOnly: boolean;
  /** Names the image among those of the element. */
  key: string;
  url: string;
  /** Adds what shows the picture to what the others of the element have declared. */
  declare(declarations: Map<string, string>): void;
  /** The page's own style still asks for the image that the picture replaces. */
  holds(): boolean;
}

export interface StyleSwaps {
  show(swap: StyleSwap, signal: AbortSignal, onGivenWay: () => void): SwapOutcome;
  /** The page has changed something that the style of `node` and all in it may depend on. */
  check(node: Node): void;
}

interface Active {
  swap: StyleSwap;
  giveWay(): void;
}

/** So many are checked before the next paint; the others when they are next looked at. */
const maxChecked = 20;

export function createStyleSwaps(
  rules: StyleRules,
  lookAgain: (element: Element) => void,
  signal: AbortSignal,
): StyleSwaps {
  const active = new Set<Active>();
  /** Gave way to a style under the pointer, which goes when the pointer goes. */
  const yielded = new Set<Element>();
  /** The policy of the page has stopped a picture. */
  let blocked = false;

  const write = (element: HTMLElement, pseudo: Pseudo) => {
    const declarations = new Map<string, string>();
    let screenOnly = false;
    for (const { swap } of active) {
      if (swap.element !== element || swap.pseudo !== pseudo) continue;
      swap.declare(declarations);
      screenOnly ||= swap.screenOnly;
    }
    rules.set(element, pseudo, declarations.size > 0 ? { declarations, screenOnly } : null);
  };
  const holds = ({ swap }: Active) => isPainted(swap) && swap.holds();

  const check = (node: Node, most: number) => {
    const inside = [...active].filter(({ swap }) => includingShadows(node, swap.element));
    const lost = inside.slice(0, most).filter((each) => !holds(each));
    for (const each of lost) each.giveWay();
    return { found: inside.length > 0, lost };
  };

  /** `:hover` and `:focus` change styles without a trace in the tree. */
  const onPointed = (event: Event) => {
    for (const element of yielded) lookAgain(element);
    if (active.size === 0) return;
    for (const node of event.composedPath().slice(0, 5)) {
      if (!(node instanceof Element)) continue;
      const { found, lost } = check(node, maxChecked / 2);
      for (const { swap } of lost) yielded.add(swap.element);
      for (const oldest of yielded) if (yielded.size > maxChecked) yielded.delete(oldest);
      if (found) return;
    }
  };
  // Not the pointer events: Firefox sets `:hover` after them.
  for (const type of ['mouseover', 'mouseout', 'focusin', 'focusout']) {
    document.addEventListener(type, onPointed, { capture: true, passive: true, signal });
  }

  const onViolation = ({ blockedURI }: SecurityPolicyViolationEvent) => {
    if (!blockedURI.startsWith('blob')) return;
    blocked = true;
    for (const each of [...active]) each.giveWay();
  };
  // Firefox loads these by the extension's rights; what it stops there is not ours.
  if (!import.meta.env.FIREFOX) {
    document.addEventListener('securitypolicyviolation', onViolation, { capture: true, signal });
  }

  return {
    show(swap, until, onGivenWay): SwapOutcome {
      if (blocked) return { kind: 'skipped', reason: 'blocked-by-policy' };
      const stop = new AbortController();
      const end = () => {
        if (stop.signal.aborted) return false;
        stop.abort();
        active.delete(mine);
        write(swap.element, swap.pseudo);
        return true;
      };
      const mine: Active = {
        swap,
        giveWay() {
          if (end()) onGivenWay();
        },
      };
      active.add(mine);
      yielded.delete(swap.element);
      write(swap.element, swap.pseudo);
      if (!isPainted(swap)) {
        end();
        return { kind: 'failed', detail: 'the style of the page wins' };
      }
      const shown: Swap = { restore: end, holds: () => holds(mine) };
      until.addEventListener('abort', end, { signal: stop.signal });
      return { kind: 'swapped', swap: shown };
    },
    check: (node) => void check(node, maxChecked),
  };
}

function isPainted({ element, pseudo, key, url }: StyleSwap): boolean {
  const property = key.split(' ')[0] ?? '';
  return getComputedStyle(element, pseudo).getPropertyValue(property).includes(url);
}
