// After a swap is taken back, the browser shows the original again, from memory: the page must not hear that.
import type { QuietLoads } from './quiet-loads';

/** A load event is a task of its own, shortly after the decoding that it announces. */
const eventWithinMs = 1000;

export function settleQuietly(
  image: HTMLImageElement,
  original: { url: string; naturalWidth: number },
  quietLoads: QuietLoads,
): void {
  const forget = quietLoads.expect(image, original.url);
  const settled = () => {
    const { currentSrc, naturalWidth } = image;
    const src = image.getAttribute('src');
    // Chromium can keep the density of the picture that left until `src` is assigned again.
    if (currentSrc === original.url && naturalWidth !== original.naturalWidth && src !== null) {
      quietLoads.expect(image, original.url);
      image.setAttribute('src', src);
    }
    setTimeout(forget, eventWithinMs);
  };
  image.decode().then(settled, settled);
}
