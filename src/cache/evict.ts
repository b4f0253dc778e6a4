// Which results go when the cache is over its budget: least recently used first.
import type { ResultEntry } from './db';

/** Keys to drop so that what stays fits `budgetBytes` with `roomBytes` to spare. */
export function keysToEvict(
  entries: readonly ResultEntry[],
  budgetBytes: number,
  roomBytes = 0,
): string[] {
  let excessBytes = totalBytes(entries) + roomBytes - budgetBytes;
  const dropped: string[] = [];
  for (const entry of entries.toSorted((a, b) => a.usedAt - b.usedAt)) {
    if (excessBytes <= 0) break;
    dropped.push(entry.key);
    excessBytes -= entry.bytes;
  }
  return dropped;
}

export function totalBytes(entries: readonly ResultEntry[]): number {
  return entries.reduce((sum, entry) => sum + entry.bytes, 0);
}
