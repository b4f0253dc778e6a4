// The work that the queue runs one at a time: decode → classify → engine → strength → encode.
import type { StoredResult } from '../cache/db';
import { classify } from '../analysis/classify';
import { blendWithSource } from '../finish/blend-with-source';
import type { Limits } from '../settings';
import { reasonToLeave } from './content-policy';
import { decode } from './decode';
import { encode } from './encode';
import { Skip } from './failure';
import type { ModelHost } from './host';
import type { OnProgress } from './queue';
import type { SourceImage } from './read-source';
import { resultTypeOf } from './result-type';
import type { RasterFormat } from './sniff';

const mimeTypes: Record<RasterFormat, string> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
  ico: 'image/x-icon',
};

export interface MakeOptions {
  host: ModelHost;
  key: string;
  model: string;
  limits: Limits;
  strength: number;
  leaveText: boolean;
  signal: AbortSignal;
  onProgress: OnProgress;
}

export async function makeResult(
  source: SourceImage,
  { host, key, model, limits, strength, leaveText, signal, onProgress }: MakeOptions,
): Promise<StoredResult> {
  const startedAt = performance.now();
  const { bytes, format, info, scale } = source;
  // Where the header did not state the size, decoding is what shows that the result would be too large.
  const maxPixels = Math.min(limits.maxInputPixels, limits.maxOutputPixels / scale ** 2);
  const blob = new Blob([bytes], { type: mimeTypes[format] });
  const image = await decode(blob, info.size, maxPixels);
  signal.throwIfAborted();
  const content = classify(image);
  const reason = reasonToLeave(content, leaveText);
  if (reason !== null) throw new Skip(reason);
  const upscaled = await host.upscale(image, { model, signal, onProgress });
  blendWithSource(image, upscaled.image, strength);
  const type = resultTypeOf({ lossy: info.lossy, encodedBytes: bytes.length }, image);
  const encoded = await encode(upscaled.image, type);
  return {
    key,
    type,
    encoded: await encoded.arrayBuffer(),
    width: upscaled.image.width,
    height: upscaled.image.height,
    scale,
    model,
    content,
    backend: upscaled.backend,
    ms: performance.now() - startedAt - upscaled.startMs,
  };
}
