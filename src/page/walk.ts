// The elements of a subtree one by one, so that a long walk can pause between two of them.

export function* elementsUnder(node: Node): Generator<Element, void> {
  if (node instanceof Element) yield node;
  const walker = (node.ownerDocument ?? document).createTreeWalker(node, NodeFilter.SHOW_ELEMENT);
  for (let next = walker.nextNode(); next; next = walker.nextNode()) yield next as Element;
}

/** `node` is `element` or around it, seen through shadow roots. */
export function includingShadows(node: Node, element: Element): boolean {
  for (let at: Element | null = element; at;) {
    if (node.contains(at)) return true;
    const root: Node = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return false;
}
