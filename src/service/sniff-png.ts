// PNG: the size is in IHDR; an `acTL` chunk before the first IDAT makes it an animation.
import { startsWith, textAt } from './sniff-text';
import type { RasterInfo } from './sniff';

const signature = '\x89PNG\r\n\x1a\n';

/**
 * Deflate gives a thousand times its bytes. For the pixels IHDR bounds that; for a colour profile nothing does.
 * Real ones are below 10 KB as a rule, and the tables of a printer some hundred.
 */
const maxProfileBytes = 256 * 1024;

export function sniffPng(bytes: Uint8Array): RasterInfo | null {
  if (!startsWith(bytes, signature) || textAt(bytes, 12, 4) !== 'IHDR' || bytes.length < 24) {
    return null;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  const { animated, profileBytes } = walk(bytes, view);
  const costly = profileBytes > maxProfileBytes ? { costly: 'a huge colour profile' } : {};
  return { size, animated, lossy: false, ...costly };
}

/** The chunks before the pixels. */
function walk(bytes: Uint8Array, view: DataView): { animated: boolean; profileBytes: number } {
  let animated = false;
  let profileBytes = 0;
  let at = signature.length;
  while (at + 8 <= bytes.length) {
    const length = view.getUint32(at);
    const type = textAt(bytes, at + 4, 4);
    if (type === 'IDAT' || type === 'IEND') break;
    // One frame is a still picture that happens to be written as an animation.
    if (type === 'acTL' && at + 12 <= bytes.length) animated = view.getUint32(at + 8) > 1;
    if (type === 'iCCP') profileBytes = Math.max(profileBytes, length);
    at += 12 + length;
  }
  return { animated, profileBytes };
}
