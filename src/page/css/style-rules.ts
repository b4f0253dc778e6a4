// Our style rules on elements of the page, one for each element or pseudo-element. The page's own
// declarations stay untouched under them; all that is written into the page is one attribute.
import { createOwnSheet, type OwnSheet } from './own-sheet';

export type Pseudo = '' | '::before' | '::after';
export type Declarations = ReadonlyMap<string, string>;

export interface StyleRules {
  /** Lets these declarations win over the page's; null takes them away. */
  set(element: Element, pseudo: Pseudo, rule: StyleRule | null): void;
  /** Reads as though we had none for this element. */
  without<T>(element: Element, read: () => T): T;
  /** Takes our mark from a copy that the page has made. */
  cleanCopy(element: Element): void;
  dispose(): void;
}

export interface StyleRule {
  declarations: Declarations;
  /** On paper, browsers leave backgrounds out. */
  screenOnly: boolean;
}

interface Marked {
  id: string;
  root: Node;
  sheet: CSSStyleSheet;
  rules: Map<Pseudo, { rule: StyleRule; written: CSSRule }>;
}

export function createStyleRules(name: string): StyleRules {
  const attribute = `data-${name}`;
  const marked = new Map<Element, Marked>();
  const sheets = new Map<Node, OwnSheet>();
  let count = 0;

  const sheetIn = (root: Node): CSSStyleSheet => {
    let own = sheets.get(root);
    if (!own) {
      own = createOwnSheet(root as Document | ShadowRoot);
      sheets.set(root, own);
    }
    own.attach();
    return own.sheet;
  };

  const insert = (
    { id, sheet }: Marked,
    pseudo: Pseudo,
    { declarations, screenOnly }: StyleRule,
  ) => {
    const body = [...declarations].map(([property, value]) => `${property}: ${value} !important`);
    const text = `[${attribute}="${id}"]${pseudo} { ${body.join('; ')} }`;
    const at = sheet.cssRules.length;
    sheet.insertRule(screenOnly ? `@media screen { ${text} }` : text, at);
    return sheet.cssRules[at] as CSSRule;
  };
  const remove = ({ sheet }: Marked, written: CSSRule) => {
    const index = [...sheet.cssRules].indexOf(written);
    if (index >= 0) sheet.deleteRule(index);
  };

  /**
   * The images of a rule are loaded when its style is first computed, and Chromium lets them past the page's
   * policy if that is asked for by a content script.
   */
  const compute = (element: Element, pseudo: Pseudo, { declarations }: StyleRule) => {
    const style = getComputedStyle(element, pseudo);
    for (const property of declarations.keys()) style.getPropertyValue(property);
  };

  const set = (element: Element, pseudo: Pseudo, rule: StyleRule | null) => {
    let mark = marked.get(element);
    if (!mark) {
      if (!rule) return;
      const root = element.getRootNode();
      mark = { id: String(++count), root, sheet: sheetIn(root), rules: new Map() };
      marked.set(element, mark);
    }
    const before = mark.rules.get(pseudo);
    if (before) remove(mark, before.written);
    if (rule) {
      mark.rules.set(pseudo, { rule, written: insert(mark, pseudo, rule) });
      element.setAttribute(attribute, mark.id);
      compute(element, pseudo, rule);
      return;
    }
    mark.rules.delete(pseudo);
    if (mark.rules.size > 0) return;
    marked.delete(element);
    element.removeAttribute(attribute);
    // A shadow tree that goes is not held by us.
    if (mark.sheet.cssRules.length > 0) return;
    sheets.get(mark.root)?.remove();
    sheets.delete(mark.root);
  };

  return {
    set,
    without(element, read) {
      const mark = marked.get(element);
      if (!mark) return read();
      for (const { written } of mark.rules.values()) remove(mark, written);
      try {
        return read();
      } finally {
        for (const [pseudo, { rule }] of mark.rules) {
          mark.rules.set(pseudo, { rule, written: insert(mark, pseudo, rule) });
          compute(element, pseudo, rule);
        }
      }
    },
    cleanCopy(element) {
      if (!marked.has(element) && element.hasAttribute(attribute))
        element.removeAttribute(attribute);
    },
    dispose() {
      for (const element of marked.keys()) element.removeAttribute(attribute);
      for (const element of document.querySelectorAll(`[${attribute}]`)) {
        element.removeAttribute(attribute);
      }
      marked.clear();
      for (const { remove: removeSheet } of sheets.values()) removeSheet();
      sheets.clear();
    },
  };
}
