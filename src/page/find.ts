// Finds images: reports an <img> when it has loaded and is near the viewport, and again when its box, its
// source or the screen changes. Never scans the document after the first time, never polls, and makes the
// browser lay out nothing: images are looked at when it has just done so for itself.
import { sliceMs, type IdleSlices } from './idle-slices';
import type { Meter } from './meter';
import { elementsUnder } from './walk';

export interface FindHandlers {
  /** New in the document, loaded or not. */
  added(image: HTMLImageElement): void;
  /** Loaded (or failed to) and near; again whenever that is worth a new decision. Layout may be read without cost. */
  near(image: HTMLImageElement): void;
  /** Scrolled far away. */
  far(image: HTMLImageElement): void;
  /** No longer in the document. */
  removed(image: HTMLImageElement): void;
}

/** How far outside the viewport still counts as near. */
const nearMargin = '100%';

export interface Finder {
  /** Reports the image again, if it is near, when layout is next done. */
  lookAgain(image: HTMLImageElement): void;
}

export function observeImages(
  root: Document,
  handlers: FindHandlers,
  { slices, meter }: { slices: IdleSlices; meter: Meter },
  signal: AbortSignal,
): Finder {
  const near = new Set<HTMLImageElement>();
  const changed = new Set<HTMLImageElement>();
  const shadowRoots = new WeakSet<ShadowRoot>();
  /** Custom elements that had no shadow root yet: looked at once more when the page has loaded. */
  let laterHosts: WeakRef<Element>[] = [];

  const markChanged = (image: HTMLImageElement) => {
    if (!near.has(image)) return;
    changed.add(image);
    if (changed.size === 1) slices.add(observeAgain());
  };
  /** An element that is observed anew is reported after the next layout. */
  function* observeAgain(): Iterator<void> {
    for (const image of changed) {
      changed.delete(image);
      if (near.has(image)) {
        sizes.unobserve(image);
        sizes.observe(image);
      }
      yield;
    }
  }

  const intersections = new IntersectionObserver(
    (entries) =>
      meter.run(() => {
        for (const { target, isIntersecting } of entries) {
          if (!(target instanceof HTMLImageElement)) continue;
          if (isIntersecting) {
            near.add(target);
            // The first size report comes by itself and marks the image.
            sizes.observe(target);
          } else if (near.delete(target)) {
            sizes.unobserve(target);
            handlers.far(target);
          }
        }
      }),
    { rootMargin: nearMargin, ...scrollMargin },
  );

  const sizes = new ResizeObserver((entries) =>
    meter.run(() => {
      const end = performance.now() + sliceMs;
      for (const { target } of entries) {
        if (!(target instanceof HTMLImageElement)) continue;
        if (performance.now() >= end) markChanged(target);
        else if (isSettled(target)) handlers.near(target);
        // Again on the image itself: document.open() takes the document's listeners away.
        else listenForEnd(target, { once: true, signal });
      }
    }),
  );

  function* explore(node: Node): Iterator<void> {
    for (const element of elementsUnder(node)) {
      if (element instanceof HTMLImageElement) {
        if (element.isConnected) {
          handlers.added(element);
          intersections.observe(element);
        }
      } else if (element.shadowRoot) {
        exploreShadow(element.shadowRoot);
      } else if (element.localName.includes('-')) {
        laterHosts.push(new WeakRef(element));
      }
      yield;
    }
  }
  const exploreShadow = (shadow: ShadowRoot) => {
    if (shadowRoots.has(shadow)) return;
    shadowRoots.add(shadow);
    watch(shadow);
    slices.add(explore(shadow));
  };

  function* forget(node: Node): Iterator<void> {
    for (const element of elementsUnder(node)) {
      if (element instanceof HTMLImageElement && !element.isConnected) {
        intersections.unobserve(element);
        sizes.unobserve(element);
        near.delete(element);
        handlers.removed(element);
      }
      yield;
    }
  }

  const mutations = new MutationObserver((records) =>
    meter.run(() => {
      const added = new Set<Node>();
      for (const { type, target, addedNodes, removedNodes } of records) {
        if (type === 'attributes') {
          for (const image of imagesOf(target)) markChanged(image);
          continue;
        }
        for (const node of addedNodes) if (node instanceof Element) added.add(node);
        for (const node of removedNodes) {
          if (node instanceof Element) slices.add(forget(node));
        }
        // A <source> that comes or goes can change what the <picture> shows.
        if (target instanceof HTMLPictureElement) {
          for (const image of imagesOf(target)) markChanged(image);
        }
      }
      for (const node of added) {
        // The parser adds parent and child one by one; the parent's walk meets the child.
        if (!(node.parentNode && added.has(node.parentNode))) slices.add(explore(node));
      }
    }),
  );

  const onEnd = ({ target }: Event) => {
    if (target instanceof HTMLImageElement) meter.run(() => markChanged(target));
  };
  const listenForEnd = (target: Node, options: AddEventListenerOptions) => {
    for (const type of ['load', 'error']) target.addEventListener(type, onEnd, options);
  };
  const watch = (tree: Document | ShadowRoot) => {
    mutations.observe(tree, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['src', 'srcset', 'sizes', 'media', 'type'],
    });
    // They do not bubble, but they can be captured.
    listenForEnd(tree, { capture: true, signal });
  };

  const onWindowLoad = () => {
    const hosts = laterHosts;
    laterHosts = [];
    for (const { shadowRoot } of hosts.map((host) => host.deref()).filter((host) => !!host)) {
      if (shadowRoot) exploreShadow(shadowRoot);
    }
  };
  window.addEventListener('load', onWindowLoad, { signal });
  watchPixelRatio(() => near.forEach(markChanged), signal);

  watch(root);
  slices.add(explore(root));
  signal.addEventListener('abort', () => {
    mutations.disconnect();
    intersections.disconnect();
    sizes.disconnect();
    near.clear();
    changed.clear();
  });
  return { lookAgain: markChanged };
}

/** Loaded, or given up by the browser. One that still loads comes back with its load or error event. */
const isSettled = (image: HTMLImageElement) =>
  image.isConnected && image.complete && image.currentSrc !== '';

/** The same margin inside scrolling containers; where it is unknown it is ignored. */
const scrollMargin = { scrollMargin: nearMargin };

/** The images that an attribute of `node` is about. */
function imagesOf(node: Node): HTMLImageElement[] {
  if (node instanceof HTMLImageElement) return [node];
  const picture = node instanceof HTMLSourceElement ? node.parentElement : node;
  if (!(picture instanceof HTMLPictureElement)) return [];
  return [...picture.children].filter((child) => child instanceof HTMLImageElement);
}

/** Calls `onChange` when the page is zoomed or moved to another screen. */
function watchPixelRatio(onChange: () => void, signal: AbortSignal): void {
  const watchThis = () => {
    const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener(
      'change',
      () => {
        onChange();
        watchThis();
      },
      { once: true, signal },
    );
  };
  watchThis();
}
