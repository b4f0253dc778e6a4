// SVG's <image>: shown by `href`, whose natural size counts for nothing where width and height are given.
import { measureSvgImage } from '../measure';
import type { NaturalSizes } from '../natural-sizes';
import type { QuietLoads } from '../quiet-loads';
import { settleQuietly } from '../settle-quietly';
import { decoded } from './decoded';
import type { Original, Place, SwapOutcome } from './place';

const xlink = 'http://www.w3.org/1999/xlink';

export interface SvgImages {
  place(image: SVGImageElement): Place;
}

export function createSvgImages(
  quietLoads: QuietLoads,
  naturalSizes: NaturalSizes,
  lookAgain: (element: Element) => void,
): SvgImages {
  /** Firefox loads it by the page's rights: what the policy has stopped once it will stop again. */
  let blocked = false;
  /** One at a time, so that the policy is asked once. */
  let attempt: Promise<unknown> = Promise.resolve();

  const swapIn = async (
    image: SVGImageElement,
    original: Original,
    url: string,
    signal: AbortSignal,
    onGivenWay: () => void,
  ): Promise<SwapOutcome> => {
    const before = hrefsOf(image);
    const stop = new AbortController();
    let proved = false;
    const expected = quietLoads.expect(image, url);
    const holds = () =>
      image.getAttribute('href') === url && hrefsOf(image).linked === before.linked;
    const end = () => {
      if (stop.signal.aborted) return;
      stop.abort();
      expected.forget();
      if (image.getAttribute('href') !== url) return;
      settleQuietly(image, original.url, quietLoads, decoded(original.url));
      if (before.href === null) image.removeAttribute('href');
      else image.setAttribute('href', before.href);
    };
    const observer = new MutationObserver(() => {
      if (stop.signal.aborted || holds()) return;
      end();
      if (proved) onGivenWay();
    });
    // No filter: attributes with a namespace would not pass it.
    observer.observe(image, { attributes: true });
    stop.signal.addEventListener('abort', () => observer.disconnect());
    signal.addEventListener('abort', end, { signal: stop.signal });

    image.setAttribute('href', url);
    const event = await Promise.race([expected.event, decodedIn(image), ended(stop.signal)]);
    if (stop.signal.aborted) return { kind: 'given-way' };
    if (event === 'late') {
      end();
      return { kind: 'failed', detail: 'no load event' };
    }
    if (event === 'error') {
      blocked = true;
      end();
      return { kind: 'skipped', reason: 'blocked-by-policy' };
    }
    proved = true;
    return { kind: 'swapped', swap: { restore: end, holds } };
  };

  const inTurn = (work: () => Promise<SwapOutcome>): Promise<SwapOutcome> => {
    const outcome = attempt.then(work);
    attempt = outcome.catch(() => undefined);
    return outcome;
  };

  const place = (image: SVGImageElement): Place => ({
    element: image,
    original() {
      const url = URL.parse(image.href.baseVal, image.baseURI)?.href;
      if (!url) return null;
      const natural = naturalSizes.of(url, () => lookAgain(image));
      const crossOrigin = image.getAttribute('crossorigin');
      return natural && { url, natural, crossOrigin, referrerPolicy: '', responsive: false };
    },
    measure: ({ natural }) => measureSvgImage(image, natural),
    async swapIn(original, picture, signal, onGivenWay) {
      if (!hasSize(image)) return { kind: 'skipped', reason: 'not-exchangeable' };
      if (!(await decoded(picture.url))) return { kind: 'failed', detail: 'it does not decode' };
      return inTurn(async () => {
        if (blocked) return { kind: 'skipped', reason: 'blocked-by-policy' };
        const isStill = this.original()?.url === original.url;
        if (signal.aborted || !image.isConnected || !isStill) return { kind: 'given-way' };
        return swapIn(image, original, picture.url, signal, onGivenWay);
      });
    },
    settled: () => Promise.resolve(),
  });
  return { place };
}

const hrefsOf = (image: SVGImageElement) => ({
  href: image.getAttribute('href'),
  linked: image.getAttributeNS(xlink, 'href'),
});

/** Chromium fires no second load event, but can be asked. Firefox fires one, and is asked about the image before. */
async function decodedIn(image: SVGImageElement): Promise<'load' | 'error'> {
  const { decode } = image as SVGImageElement & { decode?: () => Promise<void> };
  if (import.meta.env.FIREFOX || !decode) return new Promise(() => undefined);
  return decode.call(image).then(
    () => 'load',
    () => 'error',
  );
}

const ended = (signal: AbortSignal) =>
  new Promise<'aborted' | 'late'>((resolve) => {
    signal.addEventListener('abort', () => resolve('aborted'));
    setTimeout(() => resolve('late'), proofWithinMs);
  });

/** The picture is decoded already, so this is long. */
const proofWithinMs = 10_000;

/** Without both, the natural size of the image decides how large it is drawn. */
function hasSize(image: SVGImageElement): boolean {
  const { width, height } = getComputedStyle(image);
  return width !== 'auto' && height !== 'auto';
}
