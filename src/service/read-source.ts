// The encoded bytes of an image, from the page or from the network, checked before anything decodes them.
import type { Scale } from '../inference/types';
import type { ImageSource } from '../messages';
import type { Limits } from '../settings';
import { affordableScale } from './ceilings';
import { Failure, Skip } from './failure';
import { fetchImage } from './fetch-image';
import type { Origin } from './origin';
import { sniff, type RasterFormat, type RasterInfo } from './sniff';

export interface SourceImage {
  bytes: Uint8Array<ArrayBuffer>;
  format: RasterFormat;
  info: RasterInfo;
  /** The wanted one, or less where that would make too large a picture. */
  scale: Scale;
}

export interface ReadOptions {
  scale: Scale;
  origin: Origin;
  limits: Limits;
  signal: AbortSignal;
  /** Told how many bytes came over the network for it, whatever becomes of them. */
  onFetched: (bytes: number) => void;
}

const fetchTimeoutMs = 30_000;

export async function readSource(source: ImageSource, options: ReadOptions): Promise<SourceImage> {
  const bytes = await readBytes(source, options);
  const sniffed = sniff(bytes);
  switch (sniffed.kind) {
    case 'vector':
      throw new Skip('vector');
    case 'other':
      throw new Failure('not-an-image', `${bytes.length} bytes of no known image format`);
    case 'raster': {
      const { format, ...info } = sniffed;
      if (info.animated) throw new Skip('animated');
      if (info.costly !== undefined) throw new Skip('too-costly');
      const extent = info.extent ?? info.size;
      if (extent === null) throw new Failure('not-an-image', `${format} that states no size`);
      const scale = affordableScale(extent, options.scale, options.limits);
      if (scale === null) throw new Skip('too-large');
      return { bytes, format, info, scale };
    }
  }
}

async function readBytes(
  source: ImageSource,
  { origin, limits, signal, onFetched }: ReadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  switch (source.kind) {
    case 'bytes':
      onFetched(source.fetchedBytes);
      if (source.blob.size > limits.maxSourceBytes) throw new Skip('too-large');
      return new Uint8Array(await source.blob.arrayBuffer());
    case 'url': {
      const { url, referrer } = source;
      const maxBytes = limits.maxSourceBytes;
      const options = { origin, referrer, maxBytes, timeoutMs: fetchTimeoutMs, signal };
      const answer = await fetchImage(url, options);
      onFetched(answer.fetchedBytes);
      switch (answer.kind) {
        case 'fetched':
          return answer.bytes;
        case 'skipped':
          throw new Skip(answer.reason);
        case 'failed':
          throw new Failure('fetch-failed', answer.detail);
      }
    }
  }
}
