// Elements that are an image without a way to give them another: <input type=image>, the poster of a
// <video>, <object> and <embed>. Their own image is moved out of its box, and the picture is painted there as
// a background. No attribute of the page's is touched, so what its scripts read and what the user drags or
// saves is the original.
import { cssPicture } from '../css/images';
import { splitList } from '../css/painted';
import { measureReplaced } from '../measure';
import type { ObjectFit, Size } from '../need';
import { decoded } from './decoded';
import type { CssTools } from './css-images';
import type { Original, Place, SwapOutcome } from './place';

export type Replaced = HTMLInputElement | HTMLVideoElement | HTMLObjectElement | HTMLEmbedElement;

export function isReplaced(element: Element): element is Replaced {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLVideoElement ||
    element instanceof HTMLObjectElement ||
    element instanceof HTMLEmbedElement
  );
}

/** The address of the image that the element shows, or null. */
export function replacedUrl(element: Replaced): string | null {
  if (element instanceof HTMLInputElement) return element.type === 'image' ? element.src : null;
  if (element instanceof HTMLVideoElement) return showsPoster(element) ? element.poster : null;
  const url = element instanceof HTMLObjectElement ? element.data : element.src;
  // Firefox shows it as a document in a frame, whose <img> is found there.
  if (import.meta.env.FIREFOX) return null;
  return isImageName(url, element.type) ? url : null;
}

/** Until it is first played, or moved to another place. */
const showsPoster = (video: HTMLVideoElement) =>
  video.poster !== '' && video.paused && video.currentTime === 0 && video.played.length === 0;

const isImageName = (url: string, type: string) =>
  type.startsWith('image/') ||
  (type === '' && /\.(?:jpe?g|png|webp|avif|gif|bmp)$/i.test(URL.parse(url)?.pathname ?? ''));

export function replacedPlace(element: Replaced, tools: CssTools): Place {
  return {
    element,
    original(): Original | null {
      const url = replacedUrl(element);
      if (!url) return null;
      const natural = tools.naturalSizes.of(url, () => tools.lookAgain(element));
      return natural && { url, natural, crossOrigin: null, referrerPolicy: '', responsive: false };
    },
    measure: ({ natural }) => tools.rules.without(element, () => measureReplaced(element, natural)),
    async swapIn(original, picture, signal, onGivenWay): Promise<SwapOutcome> {
      if (!(await decoded(picture.url))) return { kind: 'failed', detail: 'it does not decode' };
      const fit = fitOf(element, original.natural);
      const holds = () =>
        replacedUrl(element) === original.url &&
        tools.rules.without(element, () => fitOf(element, original.natural)) === fit;
      if (signal.aborted || !element.isConnected || !holds()) return { kind: 'given-way' };
      const outcome = tools.styleSwaps.show(
        {
          element,
          pseudo: '',
          screenOnly: true,
          key: 'background-image replaced',
          url: picture.url,
          declare: (declarations) => {
            const style = tools.rules.without(element, () => readStyle(element));
            const image = cssPicture(picture.url, picture.facts.scale);
            for (const each of inItsPlace(style, fit, original, image)) declarations.set(...each);
          },
          holds,
        },
        signal,
        () => {
          stop.abort();
          onGivenWay();
        },
      );
      const stop = new AbortController();
      if (outcome.kind === 'swapped')
        watch(element, () => tools.styleSwaps.check(element), stop.signal);
      return outcome;
    },
    settled: () => Promise.resolve(),
  };
}

function watch(element: Replaced, onChange: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(onChange);
  observer.observe(element, { attributeFilter: ['src', 'data', 'poster', 'type'] });
  signal.addEventListener('abort', () => observer.disconnect());
  // A video starts: its own pictures come instead of the poster.
  for (const type of ['play', 'seeking', 'emptied']) {
    element.addEventListener(type, onChange, { signal });
  }
}

type Fit = Exclude<ObjectFit, 'scale-down'>;

/** `scale-down` is one of two others, by the box. */
function fitOf(element: Replaced, natural: Size): Fit {
  const { box, objectFit } = measureReplaced(element, natural);
  if (objectFit !== 'scale-down') return objectFit;
  return natural.width > box.width || natural.height > box.height ? 'contain' : 'none';
}

const readNames = [
  'background-image',
  'background-size',
  'background-position',
  'background-origin',
  'background-clip',
  'background-repeat',
  'background-attachment',
  'object-fit',
  'object-position',
] as const;
type Read = Record<(typeof readNames)[number], string>;

function readStyle(element: Element): Read {
  const style = getComputedStyle(element);
  return Object.fromEntries(readNames.map((name) => [name, style.getPropertyValue(name)])) as Read;
}

/** A layer in front of the element's own backgrounds, painted just as `object-fit` paints its image. */
function* inItsPlace(
  style: Read,
  fit: Fit,
  { natural }: Original,
  image: string,
): Iterable<[string, string]> {
  const layers = splitList(style['background-image']).length;
  const inFront = (name: keyof Read, value: string): [string, string] => {
    const own = splitList(style[name]);
    const all = Array.from({ length: layers }, (_, layer) => own[layer % own.length]);
    return [name, [value, ...all].join(', ')];
  };
  const size = {
    fill: '100% 100%',
    contain: 'contain',
    cover: 'cover',
    none: `${natural.width}px ${natural.height}px`,
  };
  yield inFront('background-image', image);
  yield inFront('background-size', size[fit]);
  yield inFront('background-position', fit === 'fill' ? '0px 0px' : style['object-position']);
  yield inFront('background-origin', 'content-box');
  yield inFront('background-clip', 'content-box');
  yield inFront('background-repeat', 'no-repeat');
  yield inFront('background-attachment', 'scroll');
  yield ['object-fit', 'none'];
  yield ['object-position', '-100000px 0px'];
  yield ['overflow', 'clip'];
}
