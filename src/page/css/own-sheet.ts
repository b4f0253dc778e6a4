// A style sheet of ours in a document or shadow tree, whose images the page's policy does not stop.

export interface OwnSheet {
  sheet: CSSStyleSheet;
  /** Back where it was, if the page has thrown it out. */
  attach(): void;
  remove(): void;
}

export function createOwnSheet(root: Document | ShadowRoot): OwnSheet {
  return import.meta.env.FIREFOX ? styleElement(root) : adopted(root);
}

/** Not to be seen in the page's tree. */
function adopted(root: Document | ShadowRoot): OwnSheet {
  const sheet = new CSSStyleSheet();
  return {
    sheet,
    attach() {
      if (root.adoptedStyleSheets.includes(sheet)) return;
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    },
    remove() {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    },
  };
}

/**
 * Firefox lets what a content script writes as text of a <style> load by the extension's rights; what it
 * adopts loads by the page's.
 */
function styleElement(root: Document | ShadowRoot): OwnSheet {
  const element = document.createElement('style');
  element.textContent = '/* upscaled pictures */';
  place(element, root);
  const { sheet } = element;
  if (!sheet) throw new Error('the page does not take a style sheet');
  // An element that comes back has an empty sheet, so that is left to the page.
  return { sheet, attach: () => undefined, remove: () => element.remove() };
}

/** Where it is least likely to be counted by `:first-child` and `:last-child`. */
function place(element: HTMLStyleElement, root: Document | ShadowRoot): void {
  if (root instanceof Document) (root.head ?? root.documentElement).append(element);
  else if (root.firstElementChild?.matches('style, link')) root.prepend(element);
  else root.append(element);
}
