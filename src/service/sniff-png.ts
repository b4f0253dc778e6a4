// PNG: the size is in IHDR; an `acTL` chunk before the first IDAT makes it an animation.
import { startsWith, textAt } from './sniff-text';
import type { RasterInfo } from './sniff';

const signature = '\x89PNG\r\n\x1a\n';

export function sniffPng(bytes: Uint8Array): RasterInfo | null {
  if (!startsWith(bytes, signature) || bytes.length < 24) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  return { size, animated: hasAnimationControl(bytes, view), lossy: false };
}

function hasAnimationControl(bytes: Uint8Array, view: DataView): boolean {
  let at = signature.length;
  while (at + 8 <= bytes.length) {
    const type = textAt(bytes, at + 4, 4);
    // One frame is a still picture that happens to be written as an animation.
    if (type === 'acTL') return at + 12 <= bytes.length && view.getUint32(at + 8) > 1;
    if (type === 'IDAT' || type === 'IEND') return false;
    at += 12 + view.getUint32(at);
  }
  return false;
}
