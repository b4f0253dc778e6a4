// Fetches an image that the page shows but may not read. Without credentials, so that the page gains
// nothing that any server could not fetch for it, and never from a network that the page is not in.
import { isPrivateHost } from './private-host';
import type { SkipReason } from '../reasons';

export type FetchAnswer =
  | { kind: 'fetched'; bytes: Uint8Array<ArrayBuffer>; fetchedBytes: number }
  | { kind: 'skipped'; reason: SkipReason }
  | { kind: 'failed'; detail: string };

export interface FetchOptions {
  /** Host name of the document that shows the image. */
  pageHost: string;
  maxBytes: number;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Throws only when `signal` is aborted. */
export async function fetchImage(url: string, options: FetchOptions): Promise<FetchAnswer> {
  const refused = refusal(url, options.pageHost);
  if (refused !== null) return refused;
  try {
    const response = await fetch(url, {
      credentials: 'omit',
      cache: 'force-cache',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]),
    });
    return await readResponse(response, new URL(url).href, options);
  } catch (error) {
    options.signal.throwIfAborted();
    return { kind: 'failed', detail: error instanceof Error ? error.message : String(error) };
  }
}

async function readResponse(
  response: Response,
  url: string,
  options: FetchOptions,
): Promise<FetchAnswer> {
  const cancelled = async (answer: FetchAnswer) => {
    await response.body?.cancel();
    return answer;
  };
  // A redirect may have led where the first address was not.
  const refused = refusal(response.url, options.pageHost);
  if (refused !== null) return cancelled(refused);
  if (response.status === 401 || response.status === 403) {
    return cancelled({ kind: 'skipped', reason: 'credentials-needed' });
  }
  if (!response.ok) return cancelled({ kind: 'failed', detail: `HTTP ${response.status}` });
  if (Number(response.headers.get('content-length')) > options.maxBytes) {
    return cancelled({ kind: 'skipped', reason: 'too-large' });
  }
  const bytes = await readUpTo(response, options.maxBytes);
  if (bytes === null) return { kind: 'skipped', reason: 'too-large' };
  return { kind: 'fetched', bytes, fetchedBytes: wasCached(url) ? 0 : bytes.length };
}

function refusal(url: string, pageHost: string): FetchAnswer | null {
  if (!URL.canParse(url)) return { kind: 'failed', detail: 'not a URL' };
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') {
    return { kind: 'failed', detail: `${protocol} is not fetched` };
  }
  if (username !== '' || password !== '') return { kind: 'skipped', reason: 'credentials-needed' };
  // A document without a host (a file, a sandboxed frame) is in no network.
  const pageIsPrivate = pageHost !== '' && isPrivateHost(pageHost);
  if (isPrivateHost(hostname) && !pageIsPrivate) {
    return { kind: 'skipped', reason: 'private-network' };
  }
  return null;
}

/** Null when the body is longer than the ceiling; the rest of it is not read. */
async function readUpTo(
  response: Response,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let total = 0;
  // Leaving the loop early cancels the stream.
  for await (const part of response.body ?? []) {
    total += part.length;
    if (total > maxBytes) return null;
    parts.push(part);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** True only where the browser says that nothing came over the network. */
function wasCached(url: string): boolean {
  const entry = performance.getEntriesByName(url, 'resource').at(-1);
  // The browser stops noting when its list is full.
  if (performance.getEntriesByType('resource').length > 100) performance.clearResourceTimings();
  return (
    entry instanceof PerformanceResourceTiming &&
    entry.transferSize === 0 &&
    entry.decodedBodySize > 0
  );
}
