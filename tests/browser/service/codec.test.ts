// Decoding and encoding with the browser's own codecs.
import { describe, expect, it } from 'vitest';
import type { RgbaImage } from '../../../src/inference/types';
import { decode } from '../../../src/service/decode';
import { encode } from '../../../src/service/encode';
import { resultTypeOf } from '../../../src/service/result-type';
import { sniff } from '../../../src/service/sniff';

const maxPixels = 1_000_000;

/** Red to the left, blue to the right, of one transparency. */
function twoColours(width: number, height: number, alpha = 255): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    data.set(i % width < width / 2 ? [200, 0, 0, alpha] : [0, 0, 200, alpha], i * 4);
  }
  return { width, height, data };
}

async function sizeOf(blob: Blob) {
  const sniffed = sniff(new Uint8Array(await blob.arrayBuffer()));
  if (sniffed.kind !== 'raster') throw new Error(sniffed.kind);
  return sniffed;
}

function pixel({ width, data }: RgbaImage, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
}

/** A segment that tells the reader to turn the picture; goes right after the first two bytes. */
function withOrientation(jpeg: ArrayBuffer, orientation: number): Blob {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation];
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff, 0, 0, 0, 0, 0, 0];
  const segment = new Uint8Array([0xff, 0xe1, 0, exif.length + 2, ...exif]);
  return new Blob([jpeg.slice(0, 2), segment, jpeg.slice(2)], { type: 'image/jpeg' });
}

describe('codec', () => {
  it('gives the same pixels back through PNG, straight alpha included', async () => {
    const image = twoColours(9, 5, 128);
    const blob = await encode(image, 'image/png');
    const { size } = await sizeOf(blob);
    const back = await decode(blob, size, maxPixels);
    expect([back.width, back.height]).toEqual([9, 5]);
    // The canvas multiplies by alpha in between: half transparent, that costs a level.
    for (const [i, level] of back.data.entries()) {
      expect(Math.abs(level - (image.data[i] ?? 0))).toBeLessThanOrEqual(1);
    }
  });

  it('states in the header what it decodes to', async () => {
    const blob = await encode(twoColours(40, 20), 'image/jpeg');
    const { format, size } = await sizeOf(blob);
    expect([format, size]).toEqual(['jpeg', { width: 40, height: 20 }]);
    expect(pixel(await decode(blob, size, maxPixels), 5, 10)[0]).toBeGreaterThan(190);
  });

  it.each([
    [3, 40, 20, 'right'],
    [6, 20, 40, 'top'],
    [8, 20, 40, 'bottom'],
  ])('turns a picture of orientation %d as the page does', async (orientation, w, h, redSide) => {
    const jpeg = await (await encode(twoColours(40, 20), 'image/jpeg')).arrayBuffer();
    const blob = withOrientation(jpeg, orientation);
    const { size } = await sizeOf(blob);
    const image = await decode(blob, size, maxPixels);
    expect([image.width, image.height]).toEqual([w, h]);
    const places = { right: [w - 3, 10], top: [10, 3], bottom: [10, h - 3] } as const;
    const [x, y] = places[redSide as keyof typeof places];
    expect(pixel(image, x, y)[0]).toBeGreaterThan(190);
  });

  it('refuses what is no whole picture, or another one than its header says', async () => {
    const garbage = new Blob([new Uint8Array(100)]);
    await expect(decode(garbage, null, maxPixels)).rejects.toMatchObject({
      reason: 'decode-failed',
    });
    const blob = await encode(twoColours(8, 8), 'image/png');
    await expect(decode(blob, { width: 8, height: 9 }, maxPixels)).rejects.toMatchObject({
      reason: 'decode-failed',
    });
    await expect(decode(blob, null, 63)).rejects.toMatchObject({ reason: 'too-large' });
  });

  it('says what it cannot encode', async () => {
    const wide: RgbaImage = { width: 2 ** 20, height: 1, data: new Uint8ClampedArray(4) };
    await expect(encode(wide, 'image/jpeg')).rejects.toMatchObject({ reason: 'encode-failed' });
  });
});

describe('resultTypeOf', () => {
  const opaque = twoColours(10, 10);
  it.each([
    ['a JPEG', opaque, { lossy: true, encodedBytes: 50 }, 'image/jpeg'],
    ['a photograph as PNG', opaque, { lossy: false, encodedBytes: 250 }, 'image/jpeg'],
    ['a drawing as PNG', opaque, { lossy: false, encodedBytes: 60 }, 'image/png'],
    ['transparent WebP', twoColours(10, 10, 254), { lossy: true, encodedBytes: 50 }, 'image/png'],
  ] as const)('%s', (_name, image, source, expected) => {
    expect(resultTypeOf(source, image)).toBe(expected);
  });
});
