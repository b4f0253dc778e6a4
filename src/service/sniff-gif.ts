// GIF: blocks one after another; a second image block makes it an animation.
import { startsWith } from './sniff-text';
import type { RasterInfo, Size } from './sniff';

export function sniffGif(bytes: Uint8Array): RasterInfo | null {
  if (!startsWith(bytes, 'GIF87a') && !startsWith(bytes, 'GIF89a')) return null;
  if (bytes.length < 13) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  const { images, extent } = walk(bytes, view, size);
  return { size, extent, animated: images > 1, lossy: false };
}

/** Ends at the second image, since that makes it an animation, which is none of our work. */
function walk(bytes: Uint8Array, view: DataView, screen: Size): { images: number; extent: Size } {
  // Decoders make room for a picture that reaches over the stated screen.
  const extent = { ...screen };
  let images = 0;
  let at = 13 + colourTableBytes(bytes[10] ?? 0);
  while (at < bytes.length && images < 2) {
    const block = bytes[at];
    if (block === 0x2c) {
      images += 1;
      if (at + 10 > bytes.length) break;
      const [left, top, width, height] = [1, 3, 5, 7].map((o) => view.getUint16(at + o, true));
      extent.width = Math.max(extent.width, (left ?? 0) + (width ?? 0));
      extent.height = Math.max(extent.height, (top ?? 0) + (height ?? 0));
      at += 10 + colourTableBytes(bytes[at + 9] ?? 0) + 1; // descriptor, table, code size
    } else if (block === 0x21) {
      at += 2; // extension
    } else {
      break; // trailer, or nothing that we know
    }
    at = skipSubBlocks(bytes, at);
  }
  return { images, extent };
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
