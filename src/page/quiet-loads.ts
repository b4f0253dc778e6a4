// Keeps the `load` (or `error`) event of our own swaps from the page: it is caught before any of the page's
// listeners, and only when the image then shows exactly the address that we put there.

export interface QuietLoads {
  /** The next load event of `image` is ours if it then shows `url`. */
  expect(image: HTMLImageElement | SVGImageElement, url: string): ExpectedLoad;
}

export interface ExpectedLoad {
  /** Resolves when it comes. */
  event: Promise<'load' | 'error'>;
  /** It is the page's after all. */
  forget(): void;
}

/** To be called at document_start, before the page can have listeners of its own. */
export function createQuietLoads(root: Document): QuietLoads {
  const expected = new WeakMap<EventTarget, { url: string; came(type: 'load' | 'error'): void }>();

  const swallow = (event: Event, type: 'load' | 'error') => {
    const { target } = event;
    const ours = target && expected.get(target);
    if (!ours || ours.url !== shownUrl(target)) return;
    expected.delete(target);
    event.stopImmediatePropagation();
    ours.came(type);
  };
  const onLoad = (event: Event) => swallow(event, 'load');
  const onError = (event: Event) => swallow(event, 'error');
  const listenOn = (tree: Node) => {
    tree.addEventListener('load', onLoad, true);
    tree.addEventListener('error', onError, true);
  };
  // Load events of images end at the document; they never reach the window.
  listenOn(root);

  return {
    expect(image, url) {
      const { promise, resolve } = Promise.withResolvers<'load' | 'error'>();
      const ours = { url, came: resolve };
      expected.set(image, ours);
      // In a shadow tree they end at its root. And document.open() takes all listeners away.
      listenOn(image.getRootNode());
      return {
        event: promise,
        forget() {
          if (expected.get(image) === ours) expected.delete(image);
        },
      };
    },
  };
}

function shownUrl(target: EventTarget): string | null {
  if (target instanceof HTMLImageElement) return target.currentSrc;
  if (!(target instanceof SVGImageElement)) return null;
  return URL.parse(target.href.baseVal, target.baseURI)?.href ?? null;
}
