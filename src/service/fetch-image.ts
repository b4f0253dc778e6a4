// Fetches an image that the page shows but may not read. Without credentials, so that the page gains
// nothing that any server could not fetch for it, and never from a network that the page is not in.
import { imageAccept } from '../image-accept';
import { mayBeKept } from '../may-be-kept';
import type { SkipReason } from '../reasons';
import { isWithinReach } from './address-space';
import { noteFetched, wasFetchedBefore } from './fetched-before';
import type { Origin } from './origin';
import { readUpTo } from './read-up-to';
import { withReferer } from './referer-rule';

export type FetchAnswer = (
  | { kind: 'fetched'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'skipped'; reason: SkipReason }
  | { kind: 'failed'; detail: string }
) & {
  /** What came over the network for it, whatever became of it. */
  fetchedBytes: number;
};

export interface FetchOptions {
  /** The document that shows the image. */
  origin: Pick<Origin, 'topSite' | 'frameHost' | 'frameOrigin' | 'isPrivateWindow'>;
  /** Name the document's origin as the Referer. */
  referrer: 'none' | 'origin';
  maxBytes: number;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Throws only when `signal` is aborted. */
export async function fetchImage(url: string, options: FetchOptions): Promise<FetchAnswer> {
  const { origin, referrer } = options;
  const refused = refusal(url, origin.frameHost);
  if (refused !== null) return refused;
  try {
    const cache = await cacheMode(url, options);
    const request = () => send(url, cache, options);
    const answer =
      referrer === 'origin' && origin.frameOrigin !== ''
        ? await withReferer(url, `${origin.frameOrigin}/`, request)
        : await request();
    if (cache === 'reload' && answer.kind === 'fetched') await noteFetched(origin.topSite, url);
    return answer;
  } catch (error) {
    options.signal.throwIfAborted();
    const detail = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', detail, fetchedBytes: 0 };
  }
}

/**
 * The HTTP cache, as far as it holds what this site brought in. Private windows leave nothing in it; and a
 * refusal that was kept must not answer for the request with a Referer.
 */
async function cacheMode(
  url: string,
  { origin, referrer }: FetchOptions,
): Promise<'no-store' | 'reload' | 'force-cache'> {
  if (origin.isPrivateWindow || origin.topSite === '') return 'no-store';
  if (referrer === 'origin') return 'reload';
  return (await wasFetchedBefore(origin.topSite, url)) ? 'force-cache' : 'reload';
}

async function send(url: string, cache: RequestCache, options: FetchOptions): Promise<FetchAnswer> {
  const response = await fetch(url, {
    credentials: 'omit',
    cache,
    headers: { accept: imageAccept },
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]),
  });
  const cancelled = async (answer: FetchAnswer) => {
    await response.body?.cancel();
    return answer;
  };
  // A redirect may have led where the first address was not.
  const refused = refusal(response.url, options.origin.frameHost);
  if (refused !== null) return cancelled(refused);
  if (response.status === 401 || response.status === 403) {
    return cancelled({ kind: 'skipped', reason: 'credentials-needed', fetchedBytes: 0 });
  }
  if (!response.ok) {
    return cancelled({ kind: 'failed', detail: `HTTP ${response.status}`, fetchedBytes: 0 });
  }
  const body = await readUpTo(response, options.maxBytes);
  const isFromCache = cache === 'force-cache' && mayBeKept(response);
  const counted = (bytes: number) => (isFromCache ? 0 : bytes);
  switch (body.kind) {
    case 'too-large':
      return { kind: 'skipped', reason: 'too-large', fetchedBytes: counted(body.readBytes) };
    case 'whole': {
      const { bytes } = body;
      return { kind: 'fetched', bytes, fetchedBytes: counted(bytes.length) };
    }
  }
}

function refusal(url: string, pageHost: string): FetchAnswer | null {
  const fetchedBytes = 0;
  if (!URL.canParse(url)) return { kind: 'failed', detail: 'not a URL', fetchedBytes };
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') {
    return { kind: 'failed', detail: `${protocol} is not fetched`, fetchedBytes };
  }
  if (username !== '' || password !== '') {
    return { kind: 'skipped', reason: 'credentials-needed', fetchedBytes };
  }
  if (!isWithinReach(hostname, pageHost)) {
    return { kind: 'skipped', reason: 'private-network', fetchedBytes };
  }
  return null;
}
