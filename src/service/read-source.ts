// The encoded bytes of an image, from the page or from the network, checked before anything decodes them.
import type { Scale } from '../inference/types';
import type { ImageSource } from '../messages';
import type { Limits } from '../settings';
import { affordableScale } from './ceilings';
import { Failure, Skip } from './failure';
import { fetchImage } from './fetch-image';
import { sniff, type RasterFormat, type RasterInfo } from './sniff';

export interface SourceImage {
  bytes: Uint8Array<ArrayBuffer>;
  format: RasterFormat;
  info: RasterInfo;
  /** Of the bytes, those that came over the network for us. */
  fetchedBytes: number;
  /** The wanted one, or less where that would make too large a picture. */
  scale: Scale;
}

export interface ReadOptions {
  scale: Scale;
  /** Host name of the document that shows the image. */
  pageHost: string;
  limits: Limits;
  signal: AbortSignal;
}

const fetchTimeoutMs = 30_000;

export async function readSource(source: ImageSource, options: ReadOptions): Promise<SourceImage> {
  const { bytes, fetchedBytes } = await readBytes(source, options);
  const sniffed = sniff(bytes);
  switch (sniffed.kind) {
    case 'vector':
      throw new Skip('vector');
    case 'other':
      throw new Failure('not-an-image', `${bytes.length} bytes of no known image format`);
    case 'raster': {
      const { format, ...info } = sniffed;
      if (info.animated) throw new Skip('animated');
      // Without a stated size the ceiling holds once the picture is decoded.
      const size = info.size ?? { width: 1, height: 1 };
      const scale = affordableScale(size, options.scale, options.limits);
      if (scale === null) throw new Skip('too-large');
      return { bytes, format, info, fetchedBytes, scale };
    }
  }
}

async function readBytes(source: ImageSource, { pageHost, limits, signal }: ReadOptions) {
  switch (source.kind) {
    case 'bytes':
      if (source.blob.size > limits.maxSourceBytes) throw new Skip('too-large');
      return { bytes: new Uint8Array(await source.blob.arrayBuffer()), fetchedBytes: 0 };
    case 'url': {
      const maxBytes = limits.maxSourceBytes;
      const options = { pageHost, maxBytes, timeoutMs: fetchTimeoutMs, signal };
      const answer = await fetchImage(source.url, options);
      switch (answer.kind) {
        case 'fetched':
          return answer;
        case 'skipped':
          throw new Skip(answer.reason);
        case 'failed':
          throw new Failure('fetch-failed', answer.detail);
      }
    }
  }
}
