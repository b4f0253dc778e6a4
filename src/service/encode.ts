// From pixels to an encoded picture, in the format that suits what it was made from.
import type { RgbaImage } from '../inference/types';
import { Failure } from './failure';

export type ResultType = 'image/jpeg' | 'image/png';

/** Little visible loss at a twentieth of the time of lossless WebP; PNG takes three times as long. */
const jpegQuality = 0.95;

export async function encode(image: RgbaImage, type: ResultType): Promise<Blob> {
  const { width, height, data } = image;
  try {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('no canvas');
    context.putImageData(new ImageData(toOwnBuffer(data), width, height), 0, 0);
    const blob = await canvas.convertToBlob({ type, quality: jpegQuality });
    // A browser that does not know the type gives PNG without a word.
    if (blob.type !== type) throw new Error(`encoder gave ${blob.type}`);
    return blob;
  } catch (error) {
    throw new Failure('encode-failed', `${width}x${height} as ${type}: ${String(error)}`, {
      cause: error,
    });
  }
}

/** ImageData takes no view of shared memory, which is what a WebAssembly heap may be. */
function toOwnBuffer(data: Uint8ClampedArray): Uint8ClampedArray<ArrayBuffer> {
  return data.buffer instanceof ArrayBuffer
    ? (data as Uint8ClampedArray<ArrayBuffer>)
    : new Uint8ClampedArray(data);
}
