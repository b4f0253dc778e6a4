// Shadow roots, closed ones too: browsers give those to content scripts. One that a custom element gets later,
// when it is defined, is noticed by the size that it then takes.
import { browser } from 'wxt/browser';

export interface ShadowRoots {
  /** Calls `onRoot` once for the shadow root of `element`, now or when it gets one. */
  meet(element: Element): void;
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
  const undefinedYet = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (take(target) || target.matches(':defined')) undefinedYet.unobserve(target);
    }
  });
  signal.addEventListener('abort', () => undefinedYet.disconnect());
  return {
    meet(element) {
      if (!mayHost(element) || take(element)) return;
      if (element.localName.includes('-') && !element.matches(':defined')) {
        undefinedYet.observe(element);
      }
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

function shadowRootOf(element: Element): ShadowRoot | null {
  if (element.shadowRoot || !(element instanceof HTMLElement)) return element.shadowRoot;
  try {
    return browser.dom.openOrClosedShadowRoot(element) as ShadowRoot | null;
  } catch {
    // The extension was updated under the page.
    return null;
  }
}
