// A small model with float32 weights, since Node 20 has no Float16Array; the real ones run in browsers.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { closeDatabase } from '../../../src/cache/db';
import { sha256 } from '../../../src/cache/sha256';
import type { loadModel } from '../../../src/service/model-store';

const encode = (data: unknown) => new TextEncoder().encode(JSON.stringify(data));
const weights = [{ name: 'kernel', shape: [2, 2], dtype: 'float32' }];
const modelJson = encode({
  format: 'layers-model',
  modelTopology: { class_name: 'Functional' },
  weightsManifest: [{ paths: ['weights.bin'], weights }],
});
const weightsBin = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
const golden = Uint8Array.of(1, 2, 3);

/** The files of the package, which of them were asked for, and what is damaged. */
let read: string[] = [];
let damaged: string | null = null;
let version = '1.0.0';

async function fileOf(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
  if (name === damaged) return Uint8Array.of(0);
  switch (name) {
    case 'model.json':
      return modelJson;
    case 'weights.bin':
      return weightsBin;
    case 'golden.bin':
      return golden;
    case 'card.json': {
      const [json, bin, sample] = await Promise.all([modelJson, weightsBin, golden].map(sha256));
      const hashes = { 'model.json': json, 'weights.bin': bin, 'golden.bin': sample };
      return encode({ name: 'tiny-x2', version, scale: 2, sha256: hashes });
    }
    default:
      return null;
  }
}

/** The background starts anew: what it kept in memory is gone. */
async function restart(): Promise<typeof loadModel> {
  vi.resetModules();
  return (await import('../../../src/service/model-store')).loadModel;
}

beforeEach(async () => {
  await closeDatabase();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.spyOn(console, 'info').mockImplementation(() => {});
  vi.stubGlobal('fetch', async (url: URL) => {
    const name = url.pathname.split('/').at(-1) ?? '';
    read.push(name);
    const bytes = await fileOf(name);
    return bytes === null ? new Response(null, { status: 404 }) : new Response(bytes);
  });
  read = [];
  damaged = null;
  version = '1.0.0';
});

describe('loadModel', () => {
  it('reads the package once, and IndexedDB after that', async () => {
    const first = await (await restart())('tiny-x2');
    expect(first.weightsFrom).toBe('package');
    expect(first.files.weights.kernel?.values).toEqual(Float32Array.of(1, 2, 3, 4));
    read = [];
    const second = await (await restart())('tiny-x2');
    expect(second).toEqual({ ...first, weightsFrom: 'indexeddb' });
    expect(read).toEqual(['card.json']);
  });

  it('reads the package again for a new version', async () => {
    await (
      await restart()
    )('tiny-x2');
    version = '1.0.1';
    const loaded = await (await restart())('tiny-x2');
    expect(loaded).toMatchObject({ weightsFrom: 'package', files: { card: { version } } });
  });

  it.each(['model.json', 'weights.bin', 'golden.bin'])('refuses a damaged %s', async (name) => {
    damaged = name;
    const load = await restart();
    await expect(load('tiny-x2')).rejects.toThrow(`tiny-x2/${name} has sha256`);
    damaged = null;
    expect(await load('tiny-x2')).toMatchObject({ weightsFrom: 'package' });
  });

  it('reads the card again when the first try failed', async () => {
    damaged = 'card.json';
    const load = await restart();
    await expect(load('tiny-x2')).rejects.toThrow();
    damaged = null;
    expect(await load('tiny-x2')).toMatchObject({ weightsFrom: 'package' });
  });

  it('works without IndexedDB', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new Error('no disk');
      },
    });
    const load = await restart();
    expect(await load('tiny-x2')).toMatchObject({ weightsFrom: 'package' });
    expect(await load('tiny-x2')).toMatchObject({ weightsFrom: 'package' });
  });
});
