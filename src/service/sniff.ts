// What a file is, by its content alone: nothing is decoded, and no header or name is believed.
import { sniffAvif } from './sniff-avif';
import { sniffGif } from './sniff-gif';
import { sniffIco } from './sniff-ico';
import { sniffJpeg } from './sniff-jpeg';
import { sniffPng } from './sniff-png';
import { sniffWebp } from './sniff-webp';

export type RasterFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif' | 'bmp' | 'ico';

export interface Size {
  width: number;
  height: number;
}

export interface RasterInfo {
  /** As stored, before any EXIF orientation; null where the container does not say it plainly. */
  size: Size | null;
  /** The largest picture that a decoder may make of it, where that is not `size`. */
  extent?: Size | null;
  /** Why decoding it would cost far more than its pixels do. */
  costly?: string;
  animated: boolean;
  /** The encoder was allowed to lose detail, so encoding the result the same way loses nothing new. */
  lossy: boolean;
}

export type Sniffed =
  ({ kind: 'raster'; format: RasterFormat } & RasterInfo) | { kind: 'vector' } | { kind: 'other' };

const sniffers: [RasterFormat, (bytes: Uint8Array) => RasterInfo | null][] = [
  ['jpeg', sniffJpeg],
  ['png', sniffPng],
  ['gif', sniffGif],
  ['webp', sniffWebp],
  ['avif', sniffAvif],
  ['bmp', sniffBmp],
  ['ico', sniffIco],
];

export function sniff(bytes: Uint8Array): Sniffed {
  for (const [format, sniffFormat] of sniffers) {
    const info = sniffFormat(bytes);
    if (info !== null) return { kind: 'raster', format, ...info };
  }
  return isSvg(bytes) ? { kind: 'vector' } : { kind: 'other' };
}

function sniffBmp(bytes: Uint8Array): RasterInfo | null {
  if (bytes.length < 26 || bytes[0] !== 0x42 || bytes[1] !== 0x4d) return null;
  const view = viewOf(bytes);
  const headerBytes = view.getUint32(14, true);
  // The oldest header has 16-bit sides; a negative height only means that the top row comes first.
  const size =
    headerBytes === 12
      ? { width: view.getUint16(18, true), height: view.getUint16(20, true) }
      : { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
  return { size, animated: false, lossy: false };
}

function isSvg(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes.subarray(0, 4096));
  const prologue = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE\s+svg[^[>]*(?:\[[\s\S]*?\]\s*)?>/gi;
  return /^\s*<(?:\w+:)?svg[\s>/]/i.test(text.replace(prologue, ''));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
