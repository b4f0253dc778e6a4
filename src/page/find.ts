// Finds every element that shows an image. Never scans the document after the first time and never polls:
// the page's own changes tell what is new.
import type { IdleSlices } from './idle-slices';
import { createImageStyles } from './image-styles';
import { isReplaced } from './kinds/replaced';
import type { Meter } from './meter';
import { watchNear, type NearHandlers } from './near';
import { watchShadowRoots } from './shadow-roots';
import { createStyleLooks } from './style-looks';
import { elementsUnder } from './walk';

export interface FindHandlers extends NearHandlers {
  /** New in the document, loaded or not. */
  added(element: Element): void;
  /** No longer in the document. */
  removed(element: Element): void;
  /** What the style of `element` and all in it depends on has changed; nothing is painted yet. */
  restyled(element: Element): void;
}

export interface Finder {
  /** Reports the element again, if it is near, when layout is next done. */
  lookAgain(element: Element): void;
}

const sourceAttributes = ['src', 'srcset', 'sizes', 'media', 'type', 'poster', 'data', 'href'];
const styleAttributes = ['class', 'style', 'data-theme'];

export function observeImages(
  root: Document,
  handlers: FindHandlers,
  { slices, meter }: { slices: IdleSlices; meter: Meter },
  signal: AbortSignal,
): Finder {
  const tracked = new WeakSet<Element>();
  const near = watchNear(handlers, { slices, meter }, signal);
  const track = (element: Element) => {
    if (tracked.has(element)) near.changed(element);
    else {
      tracked.add(element);
      near.track(element);
    }
  };
  const styles = createStyleLooks(slices, (element) => tracked.has(element), track, signal);
  const imageStyles = createImageStyles();
  const shadows = watchShadowRoots((shadow) => {
    watch(shadow);
    slices.add(explore(shadow));
  }, signal);
  /** Before that, most styles are not there yet. */
  let stylesReady = root.readyState !== 'loading';

  function* explore(node: Node): Iterator<void> {
    for (const element of elementsUnder(node)) {
      if (element.isConnected) {
        handlers.added(element);
        if (isOwnKind(element)) track(element);
        else {
          shadows.meet(element);
          if (stylesReady && styles.showsImage(element)) track(element);
        }
      }
      yield;
    }
  }
  function* exploreStyles(node: Node): Iterator<void> {
    for (const element of elementsUnder(node)) {
      if (!isOwnKind(element) && styles.showsImage(element)) track(element);
      yield;
    }
  }
  function* forget(node: Node): Iterator<void> {
    for (const element of elementsUnder(node)) {
      if (tracked.has(element) && !element.isConnected) {
        tracked.delete(element);
        near.untrack(element);
        handlers.removed(element);
      }
      yield;
    }
  }

  const onAttribute = (target: Element, name: string) => {
    if (!styleAttributes.includes(name)) {
      for (const element of elementsOf(target)) near.changed(element);
      // A video gets a poster, an <input> becomes an image.
      if (isOwnKind(target) && !tracked.has(target) && target.isConnected) track(target);
      return;
    }
    if (name !== 'style' || imageStyles.haveChanged(target)) handlers.restyled(target);
    if (!stylesReady) return;
    const isWorthALook =
      name !== 'style' ||
      tracked.has(target) ||
      target.getAttribute('style')?.includes('url(') === true;
    if (isWorthALook) styles.again(target);
  };

  const mutations = new MutationObserver((records) =>
    meter.run(() => {
      shadows.lookAgain();
      const added = new Set<Element>();
      const attributes = new Map<Element, Set<string>>();
      for (const { type, target, attributeName, addedNodes, removedNodes } of records) {
        if (type === 'attributes') {
          const names = attributes.get(target as Element) ?? new Set();
          attributes.set(target as Element, names.add(attributeName ?? ''));
          continue;
        }
        for (const node of addedNodes) if (node instanceof Element) added.add(node);
        for (const node of removedNodes) {
          if (node instanceof Element) slices.add(forget(node));
        }
        // A <source> that comes or goes can change what the <picture> shows.
        if (target instanceof HTMLPictureElement) {
          for (const element of elementsOf(target)) near.changed(element);
        }
        if (target instanceof HTMLStyleElement) onSheet();
      }
      for (const [target, names] of attributes) for (const name of names) onAttribute(target, name);
      for (const element of added) {
        if (element instanceof HTMLStyleElement) onSheet();
        // The parser adds parent and child one by one; the parent's walk meets the child.
        if (!(element.parentElement && added.has(element.parentElement))) {
          slices.add(explore(element));
        }
      }
    }),
  );
  const onSheet = () => {
    if (stylesReady) styles.again(root.documentElement);
  };

  const onEnd = ({ target }: Event) =>
    meter.run(() => {
      if (target instanceof HTMLLinkElement) onSheet();
      else if (target instanceof Element) near.changed(target);
    });
  const watch = (tree: Document | ShadowRoot) => {
    mutations.observe(tree, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: [...sourceAttributes, ...styleAttributes],
    });
    // They do not bubble, but they can be captured.
    for (const type of ['load', 'error']) {
      tree.addEventListener(type, onEnd, { capture: true, signal });
    }
  };
  const onReady = () => {
    stylesReady = true;
    slices.add(exploreStyles(root));
  };
  if (!stylesReady) root.addEventListener('DOMContentLoaded', onReady, { signal, once: true });

  watch(root);
  slices.add(explore(root));
  signal.addEventListener('abort', () => mutations.disconnect());
  return { lookAgain: near.changed };
}

/** Elements that are an image by themselves, whatever their style. */
const isOwnKind = (element: Element) =>
  element instanceof HTMLImageElement || element instanceof SVGImageElement || isReplaced(element);

/** The elements that an attribute of `node` is about. */
function elementsOf(node: Node): Element[] {
  const picture = node instanceof HTMLSourceElement ? node.parentElement : node;
  if (picture instanceof HTMLPictureElement) {
    return [...picture.children].filter((child) => child instanceof HTMLImageElement);
  }
  return node instanceof Element ? [node] : [];
}
