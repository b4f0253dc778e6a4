// Upscaled results on disk: partitioned by top-level site, least recently used go first. A cache never
// fails its caller: what cannot be read is a miss, what cannot be written is not kept.
import { log } from '../log';
import { openDatabase, type ResultEntry, type StoredResult } from './db';
import { keysToEvict, totalBytes } from './evict';
import { sha256 } from './sha256';

export interface ResultIdentity {
  /** Host name of the top-level page: no site can learn what another one showed. */
  topSite: string;
  /** sha256 of the encoded source. */
  sourceSha256: string;
  /** name@version */
  model: string;
  scale: number;
  /** The strength setting, 0 to 1. */
  strength: number;
}

/** Hashed as a whole, so that the names of visited sites do not stand on the disk. */
export function resultKey(identity: ResultIdentity): Promise<string> {
  const { topSite, sourceSha256, model, scale, strength } = identity;
  return sha256(
    new TextEncoder().encode([topSite, sourceSha256, model, scale, strength].join('\n')),
  );
}

/** Reading counts as use. */
export async function readResult(key: string, now = Date.now()): Promise<StoredResult | null> {
  try {
    const database = await openDatabase();
    // One transaction: an eviction in between would leave an entry without its result.
    const transaction = database.transaction(['results', 'resultEntries'], 'readwrite');
    const result = await transaction.objectStore('results').get(key);
    if (result !== undefined) {
      const entry = { key, bytes: result.encoded.byteLength, usedAt: now };
      await transaction.objectStore('resultEntries').put(entry);
    }
    await transaction.done;
    return result ?? null;
  } catch (error) {
    log('cache-read-failed', { detail: String(error) });
    return null;
  }
}

/** True if it was kept. */
export async function writeResult(
  result: StoredResult,
  budgetBytes: number,
  now = Date.now(),
): Promise<boolean> {
  const bytes = result.encoded.byteLength;
  if (bytes > budgetBytes) return false;
  const entry = { key: result.key, bytes, usedAt: now };
  try {
    await evictResults(budgetBytes, bytes);
    try {
      await put(result, entry);
    } catch (error) {
      if (!isQuotaExceeded(error)) throw error;
      // The disk is fuller than the budget knows: give half of what we hold back, then try once more.
      await evictResults((await cacheSize()).bytes / 2, bytes);
      await put(result, entry);
    }
    return true;
  } catch (error) {
    log('cache-write-failed', { detail: String(error), bytes });
    return false;
  }
}

/** Drops what exceeds the budget, less the room asked for. */
export async function evictResults(budgetBytes: number, roomBytes = 0): Promise<void> {
  const database = await openDatabase();
  const dropped = keysToEvict(await database.getAll('resultEntries'), budgetBytes, roomBytes);
  if (dropped.length === 0) return;
  const transaction = database.transaction(['results', 'resultEntries'], 'readwrite');
  const deletions = dropped.flatMap((key) => [
    transaction.objectStore('results').delete(key),
    transaction.objectStore('resultEntries').delete(key),
  ]);
  await Promise.all([...deletions, transaction.done]);
}

export async function cacheSize(): Promise<{ entries: number; bytes: number }> {
  const entries = await (await openDatabase()).getAll('resultEntries');
  return { entries: entries.length, bytes: totalBytes(entries) };
}

export async function clearResults(): Promise<void> {
  const database = await openDatabase();
  const transaction = database.transaction(['results', 'resultEntries'], 'readwrite');
  await Promise.all([
    transaction.objectStore('results').clear(),
    transaction.objectStore('resultEntries').clear(),
    transaction.done,
  ]);
}

async function put(result: StoredResult, entry: ResultEntry): Promise<void> {
  const database = await openDatabase();
  const transaction = database.transaction(['results', 'resultEntries'], 'readwrite', {
    durability: 'relaxed',
  });
  try {
    await Promise.all([
      transaction.objectStore('results').put(result),
      transaction.objectStore('resultEntries').put(entry),
      transaction.done,
    ]);
  } catch (error) {
    // A request that was aborted with its transaction says less than the transaction does.
    throw transaction.error ?? error;
  }
}

function isQuotaExceeded(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
