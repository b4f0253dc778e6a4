// Shadow roots, closed ones too: browsers give those to content scripts. Nothing tells of one that a custom
// element gets later, when it is defined; but its box or the one around it grows, or the page changes elsewhere.
import { browser } from 'wxt/browser';

export interface ShadowRoots {
  /** Calls `onRoot` once for the shadow root of `element`, now or when it gets one. */
  meet(element: Element): void;
  /** The page has changed: looks again at the custom elements that were not defined. */
  lookAgain(): void;
}

export function watchShadowRoots(
  onRoot: (root: ShadowRoot) => void,
  signal: AbortSignal,
): ShadowRoots {
  const known = new WeakSet<ShadowRoot>();
  const take = (element: Element): boolean => {
    const root = shadowRootOf(element);
    if (!root) return false;
    if (!known.has(root)) {
      known.add(root);
      onRoot(root);
    }
    return true;
  };
  const undefinedYet = new Set<Element>();
  const lookAgain = () => {
    for (const element of undefinedYet) {
      if (take(element) || element.matches(':defined') || !element.isConnected) {
        undefinedYet.delete(element);
        sizes.unobserve(element);
      }
    }
  };
  const sizes = new ResizeObserver(lookAgain);
  signal.addEventListener('abort', () => sizes.disconnect());
  return {
    lookAgain,
    meet(element) {
      if (!mayHost(element) || take(element)) return;
      if (!element.localName.includes('-') || element.matches(':defined')) return;
      undefinedYet.add(element);
      sizes.observe(element);
      // The size of an inline element is not reported.
      if (element.parentElement) sizes.observe(element.parentElement);
    },
  };
}

/** https://dom.spec.whatwg.org/#valid-shadow-host-name */
const hostNames = new Set(
  'article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span'.split(
    ' ',
  ),
);
const mayHost = ({ localName }: Element) => hostNames.has(localName) || localName.includes('-');

/** Firefox has it as a property of elements, which only extensions see. */
interface ClosedToo {
  openOrClosedShadowRoot?: ShadowRoot | null;
}

function shadowRootOf(element: Element): ShadowRoot | null {
  if (element.shadowRoot || !(element instanceof HTMLElement)) return element.shadowRoot;
  if (import.meta.env.FIREFOX) return (element as ClosedToo).openOrClosedShadowRoot ?? null;
  try {
    return browser.dom.openOrClosedShadowRoot(element) as ShadowRoot | null;
  } catch {
    // The extension was updated under the page.
    return null;
  }
}
