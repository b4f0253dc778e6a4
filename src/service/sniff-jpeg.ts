// JPEG: the size stands in the start-of-frame segment.
import type { RasterInfo } from './sniff';

export function sniffJpeg(bytes: Uint8Array): RasterInfo | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) return null;
  return { size: frameSize(bytes), animated: false, lossy: true };
}

function frameSize(bytes: Uint8Array): RasterInfo['size'] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1; // fill byte
    } else if (isStartOfFrame(marker)) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    } else {
      if (marker === 0xd9 || marker === 0xda) return null;
      at += 2 + view.getUint16(at + 2);
    }
  }
  return null;
}

/** C0 to CF, less the tables (C4), the reserved (C8) and the arithmetic coding conditions (CC). */
function isStartOfFrame(marker: number): boolean {
  return (marker & 0xf0) === 0xc0 && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
