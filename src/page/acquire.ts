// Where the bytes of an image come from. What the page itself may read is read here with the page's own
// rights, from the HTTP cache where possible; everything else is left to the background, which fetches
// without credentials. Nothing that the page could not read is ever read here.
import { imageAccept } from '../image-accept';
import type { ImageSource } from '../messages';
import { mayBeKept } from '../may-be-kept';
import type { FailReason, SkipReason } from '../reasons';
import { watchReadingPolicy } from './reading-policy';
import { isVectorType, isVectorUrl } from './vector';

export type Acquired =
  | { kind: 'source'; source: ImageSource }
  | { kind: 'skip'; reason: SkipReason; fetchedBytes: number }
  | { kind: 'fail'; reason: FailReason; detail: string };

/** What the page may do with an image, by its address and its `crossorigin`. */
export type Reading =
  | { kind: 'read'; init: RequestInit }
  /** Cross-origin and unreadable for the page: for the background. */
  | { kind: 'leave' }
  | { kind: 'fail'; detail: string };

/** `pageOrigin` is 'null' in a sandboxed frame: then nothing but data: and blob: is its own. */
export function readingOf(
  url: string,
  crossOrigin: string | null,
  pageOrigin: string,
  pageProtocol: string,
): Reading {
  const { protocol, origin } = new URL(url);
  switch (protocol) {
    case 'data:':
    case 'blob:':
      return { kind: 'read', init: {} };
    case 'http:':
    case 'https:':
      if (origin === pageOrigin) {
        // `same-origin` makes a redirect to another origin fail, instead of reading it with our rights.
        return { kind: 'read', init: { mode: 'same-origin', credentials: 'same-origin' } };
      }
      if (crossOrigin === null) return { kind: 'leave' };
      // It was loaded with CORS, so the page may read it, with the credentials that it was loaded with.
      return {
        kind: 'read',
        init: {
          mode: 'cors',
          credentials: crossOrigin === 'use-credentials' ? 'include' : 'omit',
        },
      };
    case 'file:':
      return { kind: 'fail', detail: 'the browser does not let pages on disk read their images' };
    default:
      return { kind: 'fail', detail: `an image at ${protocol} of a page at ${pageProtocol}` };
  }
}

export type Acquire = (
  url: string,
  crossOrigin: string | null,
  signal: AbortSignal,
) => Promise<Acquired>;

/** For one frame, until `ended`. */
export function createAcquire(maxSourceBytes: number, ended: AbortSignal): Acquire {
  const policy = watchReadingPolicy(ended);
  return async (url, crossOrigin, signal) => {
    if (isVectorUrl(url)) return { kind: 'skip', reason: 'vector', fetchedBytes: 0 };
    const reading = readingOf(url, crossOrigin, self.origin, location.protocol);
    switch (reading.kind) {
      case 'leave':
        return leave(url);
      case 'fail':
        return { kind: 'fail', reason: 'fetch-failed', detail: reading.detail };
      case 'read':
        return reading.init.mode === 'same-origin' && policy.forbidsOwnOrigin
          ? leave(url)
          : read(url, reading.init, maxSourceBytes, signal);
    }
  };
}

const leave = (url: string): Acquired => ({
  kind: 'source',
  source: { kind: 'url', url, referrer: 'none' },
});

async function read(
  url: string,
  init: RequestInit,
  maxSourceBytes: number,
  signal: AbortSignal,
): Promise<Acquired> {
  const fetched = await fetchBlob(url, init, maxSourceBytes, signal);
  switch (fetched.kind) {
    case 'too-large':
      return { kind: 'skip', reason: 'too-large', fetchedBytes: fetched.fetchedBytes };
    case 'failed':
      // The background may still have luck without the page's rights, but only with a real address.
      return isRemote(url)
        ? leave(url)
        : { kind: 'fail', reason: 'fetch-failed', detail: fetched.detail };
    case 'blob': {
      const { blob, fetchedBytes } = fetched;
      if (isVectorType(blob.type)) return { kind: 'skip', reason: 'vector', fetchedBytes };
      return { kind: 'source', source: { kind: 'bytes', blob, fetchedBytes } };
    }
  }
}

type Fetched =
  | { kind: 'blob'; blob: Blob; fetchedBytes: number }
  | { kind: 'too-large'; fetchedBytes: number }
  | { kind: 'failed'; detail: string };

const isRemote = (url: string) => url.startsWith('http');

/** The page has the image already: a server that takes longer does not want to send it again. */
const readTimeoutMs = 30_000;

async function fetchBlob(
  url: string,
  init: RequestInit,
  maxSourceBytes: number,
  signal: AbortSignal,
): Promise<Fetched> {
  try {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(readTimeoutMs)]);
    const response = await fetch(url, {
      cache: 'force-cache',
      headers: isRemote(url) ? { accept: imageAccept } : {},
      ...init,
      ...(init.mode === 'same-origin' && redirectOf(url)),
      signal: limited,
    });
    if (response.type === 'opaqueredirect') return { kind: 'failed', detail: 'redirected' };
    // The browser has refused that already, unless it gives content scripts more rights than the page has.
    if (init.mode === 'same-origin' && new URL(response.url).origin !== self.origin) {
      return { kind: 'failed', detail: 'redirected to another origin' };
    }
    if (!response.ok) return { kind: 'failed', detail: `HTTP status ${response.status}` };
    if (Number(response.headers.get('content-length')) > maxSourceBytes) {
      await response.body?.cancel();
      return { kind: 'too-large', fetchedBytes: 0 };
    }
    // Whole, since Firefox lets content scripts not step through a stream. It is the page's own memory.
    const blob = await response.blob();
    // Firefox loads an image of another origin again, Chromium does not: that counts as loaded again.
    const isFromCache = init.mode === 'same-origin' && mayBeKept(response);
    const fetchedBytes = isFromCache || !isRemote(url) ? 0 : blob.size;
    return { kind: blob.size > maxSourceBytes ? 'too-large' : 'blob', blob, fetchedBytes };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'failed', detail: String(error) };
  }
}

/**
 * One that leads to another origin would be refused with an error in the page's console. Chromium says when the
 * page's own load was redirected only if it stayed where it was; Firefox tells extensions of every redirect.
 */
function redirectOf(url: string): RequestInit {
  const loads = performance.getEntriesByName(url) as PerformanceResourceTiming[];
  const staysAtHome = !import.meta.env.FIREFOX && loads.some((load) => load.redirectStart > 0);
  if (staysAtHome) return { redirect: 'follow' };
  // Not followed, so nothing of another origin is read; Firefox checks `same-origin` even so.
  return { redirect: 'manual', mode: 'cors' };
}
