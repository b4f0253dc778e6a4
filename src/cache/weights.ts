// Decoded models in IndexedDB. What is old or damaged is deleted on sight; the caller then stores anew.
import { log } from '../log';
import { openDatabase, type StoredModel } from './db';
import { sha256 } from './sha256';

export type ModelToStore = Omit<StoredModel, 'storedSha256'>;

/** The stored model if it is of this very version with these very files, and undamaged; else null. */
export async function readModel(
  wanted: Pick<StoredModel, 'name' | 'version' | 'sha256'>,
): Promise<StoredModel | null> {
  const database = await openDatabase();
  const stored = await database.get('models', wanted.name);
  if (stored === undefined) return null;
  const problem = isCurrent(stored, wanted) ? await damage(stored) : 'other version';
  if (problem === null) return stored;
  log('stored-model-dropped', { model: wanted.name, problem });
  await database.delete('models', wanted.name);
  return null;
}

export async function writeModel(model: ModelToStore): Promise<void> {
  const database = await openDatabase();
  await database.put('models', { ...model, storedSha256: await checksum(model) });
}

function isCurrent(stored: StoredModel, wanted: Pick<StoredModel, 'version' | 'sha256'>): boolean {
  return (
    stored.version === wanted.version &&
    Object.entries(wanted.sha256).every(([file, hash]) => stored.sha256?.[file] === hash)
  );
}

/** What is wrong with the stored model, or null. */
async function damage(stored: StoredModel): Promise<string | null> {
  if (!Array.isArray(stored.weights) || !(stored.golden instanceof Uint8Array)) return 'shape';
  for (const { name, shape, values } of stored.weights) {
    if (!(values instanceof Float32Array)) return `${name} is no Float32Array`;
    if (values.length !== shape.reduce((size, side) => size * side, 1)) return `${name} length`;
    if (!values.every(Number.isFinite)) return `${name} is not finite`;
  }
  return (await checksum(stored)) === stored.storedSha256 ? null : 'checksum';
}

async function checksum(model: Pick<StoredModel, 'weights' | 'golden'>): Promise<string> {
  const parts: BlobPart[] = model.weights.map(({ values }) => values);
  return sha256(await new Blob([...parts, model.golden]).arrayBuffer());
}
