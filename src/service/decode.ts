// From encoded bytes to pixels, as the page shows them: sRGB, EXIF orientation applied.
import type { RgbaImage } from '../inference/types';
import { Failure, Skip } from './failure';
import type { RasterInfo } from './sniff';

/** Throws `Skip` when there are more pixels than `maxPixels`, `Failure` when it is no whole image. */
export async function decode(
  blob: Blob,
  stated: RasterInfo['size'],
  maxPixels: number,
): Promise<RgbaImage> {
  const bitmap = await inTime(createImageBitmap(blob, { imageOrientation: 'from-image' }));
  try {
    const { width, height } = bitmap;
    // Where the header did not say the size, this is the first time that it is known.
    if (width * height > maxPixels) throw new Skip('too-large');
    if (stated !== null && !sameSides(stated, bitmap)) {
      const sides = `${width}x${height}, but ${stated.width}x${stated.height} in its header`;
      throw new Failure('decode-failed', `decoded as ${sides}`);
    }
    return { width, height, data: readPixels(bitmap) };
  } finally {
    bitmap.close();
  }
}

/** Far more than any picture below the ceilings takes; the queue must not stand still for a decoder's sake. */
const decodeTimeoutMs = 20_000;

async function inTime(decoding: Promise<ImageBitmap>): Promise<ImageBitmap> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not decoded within ${decodeTimeoutMs} ms`));
      decoding.then((bitmap) => bitmap.close()).catch(() => undefined);
    }, decodeTimeoutMs);
  });
  try {
    return await Promise.race([decoding, late]);
  } catch (error) {
    throw new Failure('decode-failed', String(error), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

type Size = Pick<ImageBitmap, 'width' | 'height'>;

/** Orientation may have turned it on its side. */
function sameSides(stated: Size, { width, height }: Size): boolean {
  return (
    (stated.width === width && stated.height === height) ||
    (stated.width === height && stated.height === width)
  );
}

function readPixels(bitmap: ImageBitmap): Uint8ClampedArray {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Failure('decode-failed', `no ${width}x${height} canvas`);
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, width, height).data;
}
