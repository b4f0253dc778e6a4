// The one IndexedDB database: its schema, and the connection to it.
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { log } from '../log';
import type { UpscaleAnswer } from '../messages';

/** A model as the engine wants it, so that the package is read and decoded once per version. */
export interface StoredModel {
  name: string;
  version: string;
  /** sha256 of the package's files, as the card states them. */
  sha256: Record<string, string>;
  topology: unknown;
  weights: { name: string; shape: number[]; values: Float32Array<ArrayBuffer> }[];
  golden: Uint8Array<ArrayBuffer>;
  /** sha256 over the stored floats and golden bytes: what the disk gives back is checked against it. */
  storedSha256: string;
}

/** What is known of a stored result without reading its bytes; eviction reads only these. */
export interface ResultEntry {
  key: string;
  bytes: number;
  /** Milliseconds since the epoch. */
  usedAt: number;
}

/** The bytes of a result. An ArrayBuffer and not a Blob: Firefox keeps Blobs as files beside the database. */
export interface StoredResult extends Pick<
  Extract<UpscaleAnswer, { kind: 'upscaled' }>,
  'width' | 'height' | 'scale' | 'model' | 'backend' | 'ms' | 'content'
> {
  key: string;
  type: string;
  encoded: ArrayBuffer;
}

export interface UpresSchema extends DBSchema {
  models: { key: string; value: StoredModel };
  results: { key: string; value: StoredResult };
  resultEntries: { key: string; value: ResultEntry };
}

export type UpresDatabase = IDBPDatabase<UpresSchema>;

const databaseName = 'upres';
const databaseVersion = 2;

let connection: Promise<UpresDatabase> | null = null;

/** The open database. The promise is kept, and forgotten when opening fails or the browser ends it. */
export function openDatabase(): Promise<UpresDatabase> {
  if (connection !== null) return connection;
  const opening = connect(() => {
    if (connection === opening) connection = null;
  });
  connection = opening;
  return opening;
}

/** Closes the connection; the next use opens it again. */
export async function closeDatabase(): Promise<void> {
  const closing = connection;
  connection = null;
  (await closing?.catch(() => null))?.close();
}

async function connect(forget: () => void): Promise<UpresDatabase> {
  try {
    return await new Promise<UpresDatabase>((resolve, reject) => {
      openDB<UpresSchema>(databaseName, databaseVersion, {
        upgrade: (database, oldVersion, _newVersion, transaction) => {
          createStores(database, oldVersion);
          if (oldVersion === 1) forgetResults(transaction);
        },
        // An older version is open elsewhere and does not let go: work goes on without a cache.
        blocked: (openVersion) =>
          reject(new Error(`database: version ${openVersion} is open and blocks the upgrade`)),
        // A newer version wants to open: make way.
        blocking: (_current, _blocked, event) => {
          forget();
          (event.target as IDBDatabase).close();
        },
        terminated: () => {
          log('database-terminated');
          forget();
        },
      }).then(resolve, reject);
    });
  } catch (error) {
    forget();
    throw error;
  }
}

/** Each step brings the database from the version before it to its own. */
function createStores(database: UpresDatabase, oldVersion: number): void {
  if (oldVersion < 1) {
    database.createObjectStore('models', { keyPath: 'name' });
    database.createObjectStore('results', { keyPath: 'key' });
    database.createObjectStore('resultEntries', { keyPath: 'key' });
  }
}

/** Results of version 1 name the backends of tfjs as ours are named now. */
function forgetResults(
  transaction: IDBPTransaction<
    UpresSchema,
    ('models' | 'results' | 'resultEntries')[],
    'versionchange'
  >,
): void {
  void transaction.objectStore('results').clear();
  void transaction.objectStore('resultEntries').clear();
}
