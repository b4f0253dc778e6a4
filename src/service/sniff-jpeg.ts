// JPEG: the size stands in the start-of-frame segment; each start of a scan is one more pass over the picture.
import type { RasterInfo } from './sniff';

/**
 * A progressive file has about ten scans, and encoders that search for the smallest have some dozens. An empty
 * scan takes a few bytes, and the decoder goes over all pixels for it: 8 MB of them would keep it busy for hours.
 */
const maxScans = 100;

export function sniffJpeg(bytes: Uint8Array): RasterInfo | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) return null;
  const { size, scans } = walk(bytes);
  const costly = scans > maxScans ? { costly: `more than ${maxScans} scans` } : {};
  return { size, animated: false, lossy: true, ...costly };
}

/** From marker to marker, over whatever else lies between them, as decoders do. */
function walk(bytes: Uint8Array): { size: RasterInfo['size']; scans: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let size: RasterInfo['size'] = null;
  let scans = 0;
  let at = 2;
  while (scans <= maxScans) {
    at = bytes.indexOf(0xff, at);
    if (at === -1 || at + 4 > bytes.length) break;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1; // fill byte
    } else if (marker === 0xd9) {
      break; // end of image
    } else if (isAlone(marker)) {
      at += 2;
    } else {
      if (marker === 0xda) scans += 1;
      if (size === null && isStartOfFrame(marker) && at + 9 <= bytes.length) {
        size = { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
      }
      at += 2 + view.getUint16(at + 2);
    }
  }
  return { size, scans };
}

/** Within the data of a scan: a byte of 255 (00), a restart (D0 to D7); else 01, which has no content either. */
function isAlone(marker: number): boolean {
  return marker <= 0x01 || (marker & 0xf8) === 0xd0;
}

/** C0 to CF, less the tables (C4), the reserved (C8) and the arithmetic coding conditions (CC). */
function isStartOfFrame(marker: number): boolean {
  return (marker & 0xf0) === 0xc0 && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
