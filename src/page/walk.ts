// The elements of a subtree one by one, so that a long walk can pause between two of them.

export function* elementsUnder(node: Node): Generator<Element, void> {
  if (node instanceof Element) yield node;
  const walker = (node.ownerDocument ?? document).createTreeWalker(node, NodeFilter.SHOW_ELEMENT);
  for (let next = walker.nextNode(); next; next = walker.nextNode()) yield next as Element;
}
