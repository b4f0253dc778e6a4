// ICO: a directory of pictures, each a PNG or the body of a BMP. Which of them is shown is up to the browser,
// so there is no one size; none of them may be too large.
import type { RasterInfo, Size } from './sniff';
import { sniffPng } from './sniff-png';

const headerBytes = 6;
const entryBytes = 16;

export function sniffIco(bytes: Uint8Array): RasterInfo | null {
  if (bytes.length < headerBytes + entryBytes) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint16(4, true);
  if (view.getUint32(0, true) !== 0x00010000 || count === 0) return null;
  const largest = { width: 0, height: 0 };
  for (let i = 0; i < count; i++) {
    const entry = headerBytes + i * entryBytes;
    if (entry + entryBytes > bytes.length) break;
    const size = pictureSize(bytes.subarray(view.getUint32(entry + 12, true)));
    largest.width = Math.max(largest.width, size.width);
    largest.height = Math.max(largest.height, size.height);
  }
  return { size: null, extent: largest, animated: false, lossy: false };
}

/** The directory has a byte for each side, so the picture itself is asked. */
function pictureSize(bytes: Uint8Array): Size {
  const png = sniffPng(bytes);
  if (png?.size) return png.size;
  if (bytes.length < 12) return { width: 0, height: 0 };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // A mask lies below the picture and counts in its height.
  return {
    width: Math.abs(view.getInt32(4, true)),
    height: Math.abs(view.getInt32(8, true)) / 2,
  };
}
