// Which site has had which image fetched, in this session of the browser. The background has one HTTP cache
// for all sites: if any of them could find there what another one brought in, the time (or, for the image's
// own server, the missing request) would tell which sites the user visits. So a site gets from the cache only
// what was fetched for itself.
import { storage } from 'wxt/utils/storage';
import { sha256 } from '../cache/sha256';

/** Newest last. In session storage: it outlives the background, not the browser, and is never on disk. */
const item = storage.defineItem<string[]>('session:fetchedBefore', { fallback: [] });

/** An image that drops out is fetched anew, no more. */
const maxKept = 2000;
/** Hexadecimal digits: enough that two images are never taken for each other. */
const markLength = 24;

let marks: Promise<Set<string>> | null = null;

export async function wasFetchedBefore(topSite: string, url: string): Promise<boolean> {
  return (await load()).has(await markOf(topSite, url));
}

export async function noteFetched(topSite: string, url: string): Promise<void> {
  const all = await load();
  const mark = await markOf(topSite, url);
  all.delete(mark);
  all.add(mark);
  for (const oldest of all) {
    if (all.size <= maxKept) break;
    all.delete(oldest);
  }
  await item.setValue([...all]);
}

/** For tests, which start more than one background. */
export function forgetLoaded(): void {
  marks = null;
}

function load(): Promise<Set<string>> {
  marks ??= item.getValue().then(
    (kept) => new Set(kept),
    (error: unknown) => {
      marks = null;
      throw error;
    },
  );
  return marks;
}

async function markOf(topSite: string, url: string): Promise<string> {
  const hash = await sha256(new TextEncoder().encode(`${topSite}\n${url}`));
  return hash.slice(0, markLength);
}
