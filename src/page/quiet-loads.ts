// Keeps the `load` (or `error`) event of our own swaps from the page: it is caught before any of the page's
// listeners, and only when the image then shows exactly the address that we put there.

export interface QuietLoads {
  /** The next load event of `image` is ours if it then shows `url`. Ends with the returned function. */
  expect(image: HTMLImageElement, url: string): () => void;
}

const types = ['load', 'error'];

/** To be called at document_start, before the page can have listeners of its own. */
export function createQuietLoads(root: Document): QuietLoads {
  const expected = new WeakMap<EventTarget, string>();

  const swallow = (event: Event) => {
    const { target } = event;
    if (!(target instanceof HTMLImageElement)) return;
    if (expected.get(target) !== target.currentSrc) return;
    expected.delete(target);
    event.stopImmediatePropagation();
  };
  const listenOn = (tree: Node) => {
    for (const type of types) tree.addEventListener(type, swallow, true);
  };
  // Load events of images end at the document; they never reach the window.
  listenOn(root);

  return {
    expect(image, url) {
      expected.set(image, url);
      // In a shadow tree they end at its root. And document.open() takes all listeners away.
      listenOn(image.getRootNode());
      return () => {
        if (expected.get(image) === url) expected.delete(image);
      };
    },
  };
}
