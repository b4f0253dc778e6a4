// WebP: a RIFF file whose first chunk is lossy (VP8), lossless (VP8L) or the extended header (VP8X).
import { startsWith, textAt } from './sniff-text';
import type { RasterInfo } from './sniff';

const animationFlag = 0x02;

export function sniffWebp(bytes: Uint8Array): RasterInfo | null {
  if (!startsWith(bytes, 'RIFF') || textAt(bytes, 8, 4) !== 'WEBP' || bytes.length < 30)
    return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (textAt(bytes, 12, 4)) {
    case 'VP8 ':
      return {
        size: {
          width: view.getUint16(26, true) & 0x3fff,
          height: view.getUint16(28, true) & 0x3fff,
        },
        animated: false,
        lossy: true,
      };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      const size = { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
      return { size, animated: false, lossy: false };
    }
    case 'VP8X':
      return {
        size: { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 },
        animated: ((bytes[20] ?? 0) & animationFlag) !== 0,
        lossy: !hasChunk(bytes, view, 'VP8L'),
      };
    default:
      return null;
  }
}

function hasChunk(bytes: Uint8Array, view: DataView, wanted: string): boolean {
  let at = 12;
  while (at + 8 <= bytes.length) {
    if (textAt(bytes, at, 4) === wanted) return true;
    const length = view.getUint32(at + 4, true);
    at += 8 + length + (length & 1);
  }
  return false;
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
}
