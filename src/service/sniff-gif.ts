// GIF: blocks one after another; a second image block makes it an animation.
import { startsWith } from './sniff-text';
import type { RasterInfo } from './sniff';

export function sniffGif(bytes: Uint8Array): RasterInfo | null {
  if (!startsWith(bytes, 'GIF87a') && !startsWith(bytes, 'GIF89a')) return null;
  if (bytes.length < 13) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  return { size, animated: hasTwoImages(bytes), lossy: false };
}

function hasTwoImages(bytes: Uint8Array): boolean {
  let images = 0;
  let at = 13 + colourTableBytes(bytes[10] ?? 0);
  while (at < bytes.length) {
    const block = bytes[at];
    if (block === 0x2c) {
      images += 1;
      if (images > 1) return true;
      at += 10 + colourTableBytes(bytes[at + 9] ?? 0) + 1; // descriptor, table, code size
    } else if (block === 0x21) {
      at += 2; // extension
    } else {
      return false; // trailer, or nothing that we know
    }
    at = skipSubBlocks(bytes, at);
  }
  return false;
}

function colourTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

function skipSubBlocks(bytes: Uint8Array, start: number): number {
  let at = start;
  for (let length = bytes[at]; length !== undefined && length !== 0; length = bytes[at]) {
    at += 1 + length;
  }
  return at + 1;
}
