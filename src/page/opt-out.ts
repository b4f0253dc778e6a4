// A page says that its images, or some of them, are to stay as they are: `<meta name="upres" content="off">`,
// or `data-upres="off"` on an element around them.

export function isOptedOut(element: Element): boolean {
  if (document.head?.querySelector('meta[name="upres" i][content="off" i]')) return true;
  for (let at: Element | null = element; at; at = hostOf(at)) {
    // An "on" further in takes an "off" further out back.
    const said = at.closest('[data-upres]');
    if (said) return said.getAttribute('data-upres')?.toLowerCase() === 'off';
  }
  return false;
}

function hostOf(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}
