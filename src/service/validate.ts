// The door: what a message must look like before anything else sees it. A message that does not is refused
// by an error; a content script runs beside hostile pages, so nothing in it is taken on trust.
import type { UpscaleRequest } from '../messages';
import { number, oneOf, record, refusal, text } from './validate-fields';

export const maxIdLength = 100;
const maxUrlLength = 64 * 1024;
const maxIds = 2000;
/** What one message can carry; the ceiling of the settings is lower, and has an answer of its own. */
const maxBlobBytes = 64 * 2 ** 20;

export function checkUpscaleRequest(data: unknown): UpscaleRequest {
  const { id, source, scale, visibleArea } = record(data, 'request');
  if (scale !== 2 && scale !== 4) throw refusal('scale');
  return {
    id: text(id, 'id', maxIdLength),
    source: checkSource(source),
    scale,
    visibleArea: area(visibleArea),
  };
}

export function checkCancelRequest(data: unknown): string[] {
  const { ids } = record(data, 'request');
  if (!Array.isArray(ids) || ids.length > maxIds) throw refusal('ids');
  return ids.map((id) => text(id, 'id', maxIdLength));
}

export function checkPrioritiseRequest(data: unknown): Map<string, number> {
  const entries = Object.entries(record(record(data, 'request').visibleAreas, 'visibleAreas'));
  if (entries.length > maxIds) throw refusal('visibleAreas');
  return new Map(entries.map(([id, value]) => [text(id, 'id', maxIdLength), area(value)]));
}

const area = (data: unknown) => Math.max(0, number(data, 'visibleArea'));

function checkSource(data: unknown): UpscaleRequest['source'] {
  const source = record(data, 'source');
  switch (source.kind) {
    case 'bytes':
      if (!(source.blob instanceof Blob)) throw refusal('blob');
      if (source.blob.size > maxBlobBytes) throw refusal('blob size');
      return {
        kind: 'bytes',
        blob: source.blob,
        fetchedBytes: number(source.fetchedBytes, 'fetchedBytes'),
      };
    case 'url':
      return {
        kind: 'url',
        url: text(source.url, 'url', maxUrlLength),
        referrer: oneOf(source.referrer, ['none', 'origin'], 'referrer'),
      };
    default:
      throw refusal('source kind');
  }
}
