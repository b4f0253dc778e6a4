import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeDatabase, openDatabase, type StoredResult } from '../../../src/cache/db';
import {
  cacheSize,
  clearResults,
  evictResults,
  readResult,
  resultKey,
  writeResult,
} from '../../../src/cache/results';

const budgetBytes = 100;

function result(key: string, bytes = 40): StoredResult {
  const encoded = new Uint8Array(bytes).fill(7).buffer;
  const facts = {
    width: 8,
    height: 6,
    scale: 2,
    model: 'm',
    backend: 'wasm',
    ms: 5,
    content: 'art',
  } as const;
  return { key, type: 'image/png', encoded, ...facts };
}

beforeEach(async () => {
  await closeDatabase();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.spyOn(console, 'info').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('results', () => {
  it('gives back what was written', async () => {
    expect(await writeResult(result('a'), budgetBytes)).toBe(true);
    expect(await readResult('a')).toEqual(result('a'));
    expect(await cacheSize()).toEqual({ entries: 1, bytes: 40 });
  });

  it('misses what was never written', async () => {
    expect(await readResult('nothing')).toBeNull();
  });

  it('drops the least recently used, and reading is use', async () => {
    await writeResult(result('a'), budgetBytes, 1);
    await writeResult(result('b'), budgetBytes, 2);
    await readResult('a', 3);
    await writeResult(result('c'), budgetBytes, 4);
    expect(await readResult('b')).toBeNull();
    expect(await readResult('a')).not.toBeNull();
    expect(await cacheSize()).toEqual({ entries: 2, bytes: 80 });
  });

  it('counts a result that replaces another once', async () => {
    await writeResult(result('a', 40), budgetBytes);
    await writeResult(result('a', 30), budgetBytes);
    expect(await cacheSize()).toEqual({ entries: 1, bytes: 30 });
  });

  it('does not keep what is larger than the whole budget', async () => {
    await writeResult(result('a'), budgetBytes);
    expect(await writeResult(result('huge', 101), budgetBytes)).toBe(false);
    expect(await cacheSize()).toEqual({ entries: 1, bytes: 40 });
  });

  it('shrinks to a smaller budget, and clears', async () => {
    await writeResult(result('a'), budgetBytes, 1);
    await writeResult(result('b'), budgetBytes, 2);
    await evictResults(50);
    expect(await readResult('a')).toBeNull();
    await clearResults();
    expect(await cacheSize()).toEqual({ entries: 0, bytes: 0 });
  });

  it('evicts when the disk is full, and writes then', async () => {
    await writeResult(result('a'), budgetBytes, 1);
    failNextPuts(1);
    expect(await writeResult(result('b'), budgetBytes, 2)).toBe(true);
    expect(await readResult('a')).toBeNull();
    expect(await readResult('b')).not.toBeNull();
  });

  it('gives up softly when the disk stays full', async () => {
    failNextPuts(Infinity);
    expect(await writeResult(result('a'), budgetBytes)).toBe(false);
    vi.restoreAllMocks();
    expect(await readResult('a')).toBeNull();
  });

  it('is a miss when the database cannot be opened', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new Error('no disk');
      },
    });
    expect(await readResult('a')).toBeNull();
    expect(await writeResult(result('a'), budgetBytes)).toBe(false);
    vi.stubGlobal('indexedDB', new IDBFactory());
    expect(await writeResult(result('a'), budgetBytes)).toBe(true);
  });
});

describe('resultKey', () => {
  const identity = {
    topSite: 'a.example',
    sourceSha256: 'ff',
    model: 'm@1',
    scale: 2,
    strength: 1,
  };
  it.each([
    ['site', { topSite: 'b.example' }],
    ['source', { sourceSha256: 'fe' }],
    ['model version', { model: 'm@2' }],
    ['scale', { scale: 4 }],
  ])('is another for another %s', async (_name, change) => {
    expect(await resultKey({ ...identity, ...change })).not.toBe(await resultKey(identity));
  });

  it('does not name the site', async () => {
    expect(await resultKey(identity)).toMatch(/^[0-9a-f]{64}$/);
    expect(await resultKey({ ...identity })).toBe(await resultKey(identity));
  });
});

describe('openDatabase', () => {
  it('opens once, and again after it was closed', async () => {
    const first = await openDatabase();
    expect(await openDatabase()).toBe(first);
    await closeDatabase();
    expect(await openDatabase()).not.toBe(first);
  });

  it('forgets the results of version 1, whose backends had other names', async () => {
    const older = await openDB('upres', 1, {
      upgrade: (database) => {
        for (const store of ['models', 'results', 'resultEntries']) {
          database.createObjectStore(store, { keyPath: store === 'models' ? 'name' : 'key' });
        }
      },
    });
    await older.put('results', { ...result('a'), backend: 'cpu' });
    await older.put('resultEntries', { key: 'a', bytes: 40, usedAt: 1 });
    older.close();
    expect(await readResult('a')).toBeNull();
    expect(await cacheSize()).toEqual({ entries: 0, bytes: 0 });
  });

  it('makes way for a newer version, and answers with an error to whom it blocks', async () => {
    await openDatabase();
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('upres', 99);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error as Error);
    });
    await expect(openDatabase()).rejects.toThrow();
    newer.close();
  });
});

/** The next writes of results find the disk full. */
function failNextPuts(times: number): void {
  const put = IDBObjectStore.prototype.put;
  let left = times;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...parameters: Parameters<typeof put>
  ) {
    if (this.name === 'results' && left > 0) {
      left -= 1;
      throw new DOMException('disk full', 'QuotaExceededError');
    }
    return put.apply(this, parameters);
  });
}
