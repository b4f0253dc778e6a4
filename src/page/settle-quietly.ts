// After a swap is taken back, the browser shows the original again, from memory: the page must not hear that.
import type { QuietLoads } from './quiet-loads';

/** A load event is a task of its own, shortly after the decoding that it announces. */
const eventWithinMs = 1000;

export function settleQuietly(
  image: HTMLImageElement | SVGImageElement,
  url: string,
  quietLoads: QuietLoads,
  decoded: Promise<unknown>,
): void {
  const { forget } = quietLoads.expect(image, url);
  const settled = () => setTimeout(forget, eventWithinMs);
  decoded.then(settled, settled);
}
