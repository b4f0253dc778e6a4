// How long the usual image takes with each model on this machine: first estimated from the probe's tile, then
// corrected by every image that is really made. Kept for a day, so that a busy hour is not held against a tier
// for ever.
import { storage } from 'wxt/utils/storage';
import type { StoredResult } from '../../cache/db';
import { TILE_SIZE } from '../../inference/tiles';
import type { BackendName, ModelCard, ProbeEntry } from '../../inference/types';
import type { Upscaler } from '../../inference/upscaler';
import { backendChoice, threads as threadsItem } from '../../settings';
import { circumstances } from '../circumstances';
import { imageWork, usualWork } from './image-work';

export interface ModelTime {
  ms: number;
  /** On real images; else estimated. */
  isMeasured: boolean;
}

interface KnownTimes {
  circumstances: string;
  backend: BackendName;
  /** Milliseconds since the epoch. */
  since: number;
  times: Record<string, ModelTime>;
}

const keepMs = 24 * 3600 * 1000;

/** Of a smaller image, what is the same for each image is too large a part. */
const minPixels = 200 * 200;

/** How much a new time counts. A quick one says more of the machine than a slow one, which may be its load. */
const weights = { quicker: 0.5, slower: 0.2 };

const item = storage.defineItem<KnownTimes | null>('local:modelTimes', { fallback: null });

/** By model; empty where nothing is known in these circumstances. */
export async function readTimes(): Promise<Record<string, ModelTime>> {
  return (await readKnown())?.times ?? {};
}

/** The probe timed one full tile, on one thread. */
export async function noteProbe(
  card: ModelCard,
  { backend, threads }: Pick<Upscaler, 'backend' | 'threads'>,
  probe: readonly ProbeEntry[],
): Promise<void> {
  const ms = probe.findLast((entry) => entry.backend === backend)?.ms ?? null;
  const times = await timesOn(backend);
  if (ms === null || times[card.name]?.isMeasured) return;
  const tileWork = TILE_SIZE * TILE_SIZE * card.macsPerPixel;
  const estimate = (ms * usualWork(card)) / tileWork / threads;
  await write(backend, { ...times, [card.name]: { ms: estimate, isMeasured: false } });
}

type Made = Pick<StoredResult, 'type' | 'width' | 'height' | 'scale' | 'ms' | 'backend'>;

/** An image was made. Transparent ones, which are not JPEG, take two runs of the network. */
export async function noteImage(
  card: ModelCard,
  { type, width, height, scale, ms, backend }: Made,
): Promise<void> {
  const [sourceWidth, sourceHeight] = [width / scale, height / scale];
  if (type !== 'image/jpeg' || sourceWidth * sourceHeight < minPixels) return;
  const times = await timesOn(backend);
  const seen = (ms * usualWork(card)) / imageWork(card, sourceWidth, sourceHeight);
  const before = times[card.name];
  const after = before?.isMeasured ? blend(before.ms, seen) : seen;
  await write(backend, { ...times, [card.name]: { ms: after, isMeasured: true } });
}

function blend(before: number, seen: number): number {
  return before + (seen - before) * (seen < before ? weights.quicker : weights.slower);
}

async function readKnown(): Promise<KnownTimes | null> {
  const known = await item.getValue();
  if (known === null || Date.now() - known.since > keepMs) return null;
  return known.circumstances === (await current()) ? known : null;
}

/** Those of another backend say nothing. */
async function timesOn(backend: BackendName): Promise<Record<string, ModelTime>> {
  const known = await readKnown();
  return known?.backend === backend ? known.times : {};
}

async function write(backend: BackendName, times: KnownTimes['times']): Promise<void> {
  const known = await readKnown();
  const since = known?.backend === backend ? known.since : Date.now();
  await item.setValue({ circumstances: await current(), backend, since, times });
}

async function current(): Promise<string> {
  return circumstances(await backendChoice.getValue(), await threadsItem.getValue());
}
