// The models of the package: read, verified and decoded once per version, afterwards taken from IndexedDB.
import { browser } from 'wxt/browser';
import type { StoredModel } from '../cache/db';
import { sha256 } from '../cache/sha256';
import { readModel, writeModel } from '../cache/weights';
import { measured } from '../inference/measured';
import { decodeModel } from '../inference/model-files';
import type { ModelCard, ModelFiles } from '../inference/types';
import { log } from '../log';

export interface LoadedModel {
  files: ModelFiles;
  weightsFrom: 'package' | 'indexeddb';
}

const cards = new Map<string, Promise<ModelCard>>();

/** The card of the package's model, read once per start of the background: it tells the current version. */
export function readCard(name: string): Promise<ModelCard> {
  const known = cards.get(name);
  if (known !== undefined) return known;
  const reading = readFile(name, 'card.json').then(
    (bytes) => JSON.parse(new TextDecoder().decode(bytes)) as ModelCard,
  );
  cards.set(name, reading);
  reading.catch(() => cards.delete(name));
  return reading;
}

/** Nothing is kept here: the engine holds the weights while it runs, IndexedDB when it does not. */
export async function loadModel(name: string): Promise<LoadedModel> {
  const card = await readCard(name);
  const stored = await softly('stored-model-unreadable', () =>
    measured('read the model from IndexedDB', () => readModel(card)),
  );
  const loaded: LoadedModel =
    stored !== null
      ? { files: fromStored(stored, card), weightsFrom: 'indexeddb' }
      : { files: await readPackage(card), weightsFrom: 'package' };
  if (loaded.weightsFrom === 'package') {
    await softly('model-not-stored', () =>
      measured('write the model to IndexedDB', () => writeModel(toStored(loaded.files))),
    );
  }
  log('model-loaded', { model: name, version: card.version, weightsFrom: loaded.weightsFrom });
  return loaded;
}

async function readPackage(card: ModelCard): Promise<ModelFiles> {
  const [modelJson, weightsBin, golden] = await measured('read the package', () =>
    Promise.all([
      readVerified(card, 'model.json'),
      readVerified(card, 'weights.bin'),
      readVerified(card, 'golden.bin'),
    ]),
  );
  return measured('decode the weights', () =>
    decodeModel({
      modelJson: new TextDecoder().decode(modelJson),
      weightsBin,
      card: JSON.stringify(card),
      golden,
    }),
  );
}

async function readVerified(
  card: ModelCard,
  file: keyof ModelCard['sha256'],
): Promise<ArrayBuffer> {
  const bytes = await readFile(card.name, file);
  const actual = await sha256(bytes);
  if (actual !== card.sha256[file]) {
    throw new Error(`${card.name}/${file} has sha256 ${actual}, not that of its card`);
  }
  return bytes;
}

async function readFile(name: string, file: string): Promise<ArrayBuffer> {
  const path = `/models/${name}/${file}`;
  const response = await fetch(new URL(path, browser.runtime.getURL('/')));
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return response.arrayBuffer();
}

function fromStored(stored: StoredModel, card: ModelCard): ModelFiles {
  const weights = stored.weights.map(({ name, shape, values }) => [name, { shape, values }]);
  return {
    topology: stored.topology,
    weights: Object.fromEntries(weights) as ModelFiles['weights'],
    card,
    golden: stored.golden,
  };
}

function toStored({ topology, weights, card, golden }: ModelFiles) {
  return {
    name: card.name,
    version: card.version,
    sha256: card.sha256,
    topology,
    weights: Object.entries(weights).map(([name, { shape, values }]) => ({
      name,
      shape,
      values: new Float32Array(values),
    })),
    golden: new Uint8Array(golden),
  };
}

/** Without a working IndexedDB the package is read at each start, no more. */
async function softly<T>(event: string, action: () => Promise<T>): Promise<T | null> {
  try {
    return await action();
  } catch (error) {
    log(event, { detail: String(error) });
    return null;
  }
}
