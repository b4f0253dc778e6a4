// AVIF: boxes in boxes. The brands tell stills from sequences; `ispe` properties hold the sizes.
import { textAt } from './sniff-text';
import type { RasterInfo } from './sniff';

interface Box {
  type: string;
  /** Of its content, without the header. */
  start: number;
  end: number;
}

export function sniffAvif(bytes: Uint8Array): RasterInfo | null {
  const [fileType] = boxes(bytes, 0, bytes.length);
  if (fileType?.type !== 'ftyp') return null;
  const brands = brandsOf(bytes, fileType);
  if (!brands.includes('avif') && !brands.includes('avis')) return null;
  return { ...pictureSize(bytes), animated: brands.includes('avis'), lossy: true };
}

function brandsOf(bytes: Uint8Array, fileType: Box): string[] {
  const brands = [textAt(bytes, fileType.start, 4)];
  for (let at = fileType.start + 8; at + 4 <= fileType.end; at += 4)
    brands.push(textAt(bytes, at, 4));
  return brands;
}

/** The largest item: a grid, or the picture beside its alpha and thumbnails. No size if it gets cropped. */
function pictureSize(bytes: Uint8Array): Pick<RasterInfo, 'size' | 'extent'> {
  const none = { size: null };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const meta = boxes(bytes, 0, bytes.length).find(({ type }) => type === 'meta');
  if (meta === undefined) return none;
  const properties = boxes(bytes, meta.start + 4, meta.end).find(({ type }) => type === 'iprp');
  if (properties === undefined) return none;
  const container = boxes(bytes, properties.start, properties.end).find(
    ({ type }) => type === 'ipco',
  );
  if (container === undefined) return none;
  const all = boxes(bytes, container.start, container.end);
  const extent = all
    .filter(({ type, start, end }) => type === 'ispe' && end - start >= 12)
    .map(({ start }) => ({ width: view.getUint32(start + 4), height: view.getUint32(start + 8) }))
    .reduce<RasterInfo['size']>(
      (largest, size) =>
        largest !== null && largest.width * largest.height >= size.width * size.height
          ? largest
          : size,
      null,
    );
  return all.some(({ type }) => type === 'clap') ? { size: null, extent } : { size: extent };
}

/** The boxes side by side from `start`; stops at the first that is broken or runs over `limit`. */
function boxes(bytes: Uint8Array, start: number, limit: number): Box[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Box[] = [];
  let at = start;
  while (at + 8 <= limit) {
    const stated = view.getUint32(at);
    const length = stated === 0 ? limit - at : stated; // 0: up to the end
    const end = at + length;
    if (length < 8 || end > limit) break; // 64-bit lengths (1) are for files far over our ceiling
    found.push({ type: textAt(bytes, at + 4, 4), start: at + 8, end });
    at = end;
  }
  return found;
}
