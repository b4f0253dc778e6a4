// What each format costs for a finished picture: bytes, time to encode and to decode, and what is lost.
import { engineOn } from '../../src/inference/engine-on';
import type { RgbaImage, Scale } from '../../src/inference/types';
import { decode } from '../../src/service/decode';
import { lumaPsnr } from '../quality/luma-psnr';
import { toRgb } from '../quality/rgb-picture';
import { readModel } from './read-model';
import { showBlob } from './show-blob';

export interface Encoding {
  type: string;
  quality: number | null;
  bytes: number;
  /** The least of some. */
  encodeMs: number;
  decodeMs: number;
  /** Luma against the unencoded picture; infinite where nothing is lost. */
  psnr: number;
}

const candidates: { type: string; quality: number | null }[] = [
  { type: 'image/jpeg', quality: 0.9 },
  { type: 'image/jpeg', quality: 0.92 },
  { type: 'image/jpeg', quality: 0.95 },
  { type: 'image/jpeg', quality: 0.97 },
  { type: 'image/webp', quality: 0.9 },
  { type: 'image/webp', quality: 0.95 },
  // Lossless
  { type: 'image/webp', quality: 1 },
  { type: 'image/png', quality: null },
];

const { signal } = new AbortController();

export async function compareEncodings(
  url: string,
  scale: Scale,
  rounds: number,
): Promise<Encoding[]> {
  const picture = await upscaled(url, scale);
  const times = candidates.map(() => ({ encode: [] as number[], decode: [] as number[] }));
  const blobs: Blob[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const [i, { type, quality }] of candidates.entries()) {
      const start = performance.now();
      const blob = await encodeAs(picture, type, quality);
      const encoded = performance.now();
      await showBlob(blob);
      times[i]?.encode.push(encoded - start);
      times[i]?.decode.push(performance.now() - encoded);
      blobs[i] = blob;
    }
  }
  return Promise.all(
    candidates.map(async ({ type, quality }, i) => {
      const blob = blobs[i] ?? new Blob();
      const shown = await decode(blob, null, Infinity);
      return {
        type,
        quality,
        bytes: blob.size,
        // The first round warms up.
        encodeMs: Math.min(...(times[i]?.encode.slice(1) ?? [])),
        decodeMs: Math.min(...(times[i]?.decode.slice(1) ?? [])),
        psnr: lumaPsnr(toRgb(shown), toRgb(picture), 0),
      };
    }),
  );
}

async function upscaled(url: string, scale: Scale): Promise<RgbaImage> {
  const model = `tiny-x${scale}`;
  const image = await decode(await (await fetch(url)).blob(), null, Infinity);
  const engine = await engineOn('wasm', { wasmPath: '/wasm/' }, signal);
  await engine.load(await readModel(model, scale), signal);
  const result = await engine.upscale(image, { model, signal });
  await engine.dispose();
  return result;
}

async function encodeAs(
  { width, height, data }: RgbaImage,
  type: string,
  quality: number | null,
): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  context.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  const blob = await canvas.convertToBlob({ type, ...(quality === null ? {} : { quality }) });
  if (blob.type !== type) throw new Error(`no encoder for ${type}`);
  return blob;
}
