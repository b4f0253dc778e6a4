// What a page consists of and where everything stands, in all its frames and shadow trees.
import type { Page } from 'puppeteer-core';

export interface Snapshot {
  /** A line an element: name, attributes in alphabetical order, the pictures of its style. */
  content: string[];
  /** A line an element: its box in the document; of an image also its natural size. */
  layout: string[];
}

export async function snapshotOf(page: Page): Promise<Snapshot> {
  // Frames are listed in the order they arrived in.
  const frames = page.frames().toSorted((a, b) => (a.url() < b.url() ? -1 : 1));
  const parts = await Promise.all(frames.map((frame) => frame.evaluate(lookAtDocument)));
  return {
    content: parts.flatMap(({ content }) => content),
    layout: parts.flatMap(({ layout }) => layout),
  };
}

/** Runs in the page. Methods, since tsx puts a helper that the page lacks around functions kept in a variable. */
function lookAtDocument(): Snapshot {
  // A page hides what it attaches closed; the sites of the corpus keep the key here.
  const { closedRoots } = globalThis as { closedRoots?: WeakMap<Element, ShadowRoot> };
  const content: string[] = [];
  const layout: string[] = [];
  const look = {
    tree(root: Document | ShadowRoot) {
      content.push(`sheets ${root.styleSheets.length} ${root.adoptedStyleSheets.length}`);
      for (const element of root.querySelectorAll('*')) {
        look.element(element);
        const shadow = element.shadowRoot ?? closedRoots?.get(element);
        if (shadow) look.tree(shadow);
      }
    },
    element(element: Element) {
      const attributes = element
        .getAttributeNames()
        .sort()
        .map((name) => {
          const value = element.getAttribute(name) ?? '';
          return `${name}="${value.startsWith('blob:') ? 'blob:' : value}"`;
        });
      const pictures = [null, '::before', '::after'].flatMap((pseudo) => {
        const { backgroundImage, backgroundSize, content, borderImageSource, listStyleImage } =
          getComputedStyle(element, pseudo);
        const all = [backgroundImage, backgroundSize, content, borderImageSource, listStyleImage];
        return all.filter((value) => value.includes('url(') || value.includes('px'));
      });
      content.push([element.localName, ...attributes, ...pictures].join(' '));
      // They take no place, and a swap may put one in.
      if (element.matches('source, style')) return;
      const { x, y, width, height, top, bottom } = element.getBoundingClientRect();
      const box = [x + scrollX, y + scrollY, width, height].map((value) => value.toFixed(1));
      // How far a browser loads lazy ones ahead is a matter of time.
      const isInView = bottom > 0 && top < innerHeight;
      const natural =
        element instanceof HTMLImageElement && (element.loading !== 'lazy' || isInView)
          ? `natural ${element.naturalWidth} ${element.naturalHeight}`
          : '';
      layout.push(`${element.localName} ${box.join(' ')} ${natural}`);
    },
  };
  look.tree(document);
  return { content, layout };
}

/** The lines that only one of two snapshots has, at most a few of them. */
export function differences(before: string[], after: string[], limit = 6): string[] {
  const lines: string[] = [];
  for (let at = 0; at < Math.max(before.length, after.length) && lines.length < limit; at++) {
    if (before[at] !== after[at]) lines.push(`- ${before[at] ?? ''}`, `+ ${after[at] ?? ''}`);
  }
  return lines;
}
