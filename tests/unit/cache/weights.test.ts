import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { closeDatabase, openDatabase, type StoredModel } from '../../../src/cache/db';
import { readModel, writeModel } from '../../../src/cache/weights';

const model = {
  name: 'tiny',
  version: '1.0.0',
  sha256: { 'weights.bin': 'aa', 'model.json': 'bb' },
  topology: { layers: [] },
  weights: [{ name: 'kernel', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }],
  golden: Uint8Array.of(1, 2, 3),
};

beforeEach(async () => {
  await closeDatabase();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.spyOn(console, 'info').mockImplementation(() => {});
  await writeModel(model);
});

/** The only weight of the model. */
function kernelOf({ weights: [kernel] }: StoredModel) {
  if (kernel === undefined) throw new Error('no kernel');
  return kernel;
}

async function change(edit: (stored: StoredModel) => void): Promise<void> {
  const database = await openDatabase();
  const stored = await database.get('models', model.name);
  if (stored === undefined) throw new Error('not stored');
  edit(stored);
  await database.put('models', stored);
}

describe('readModel', () => {
  it('gives back what was written', async () => {
    expect(await readModel(model)).toMatchObject(model);
  });

  it('has nothing of another name', async () => {
    expect(await readModel({ ...model, name: 'other' })).toBeNull();
  });

  it.each<[string, Partial<typeof model>]>([
    ['another version', { version: '1.0.1' }],
    ['other files', { sha256: { ...model.sha256, 'weights.bin': 'ac' } }],
  ])('deletes the stored one when %s is wanted', async (_name, wanted) => {
    expect(await readModel({ ...model, ...wanted })).toBeNull();
    expect(await readModel(model)).toBeNull();
  });

  it.each<[string, (stored: StoredModel) => void]>([
    ['a weight is short', (stored) => (kernelOf(stored).values = Float32Array.of(1, 2, 3))],
    ['a weight is NaN', (stored) => (kernelOf(stored).values[1] = NaN)],
    ['a weight has changed', (stored) => (kernelOf(stored).values[1] = 2.5)],
    ['a weight is no array', (stored) => (kernelOf(stored).values = null as never)],
    ['the golden bytes have changed', ({ golden }) => (golden[0] = 9)],
    ['there are no weights', (stored) => (stored.weights = undefined as never)],
  ])('deletes the stored one when %s', async (_name, edit) => {
    await change(edit);
    expect(await readModel(model)).toBeNull();
    const database = await openDatabase();
    expect(await database.count('models')).toBe(0);
  });
});
