import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sniff } from '../../../src/service/sniff';
import * as make from './bytes';

const still = (format: string, width: number, height: number, lossy: boolean) => ({
  kind: 'raster',
  format,
  size: { width, height },
  animated: false,
  lossy,
});
const gif = (width: number, height: number, animated = false) => ({
  ...still('gif', width, height, false),
  extent: { width, height },
  animated,
});
const moving = (format: string, width: number, height: number, lossy: boolean) => ({
  ...still(format, width, height, lossy),
  animated: true,
});
const pixels = make.pngChunk('IDAT', make.bytesOf([1, 2, 3]));
const frames = (count: number) =>
  make.pngChunk('acTL', make.bytesOf(make.be32(count), make.be32(0)));

describe('sniff', () => {
  it.each([
    ['jpeg', make.jpeg(640, 480), still('jpeg', 640, 480, true)],
    ['progressive jpeg', make.jpeg(1, 65535, 0xc2), still('jpeg', 1, 65535, true)],
    [
      'jpeg without a frame',
      make.jpeg(4, 4).subarray(0, 12),
      { kind: 'raster', format: 'jpeg', size: null, animated: false, lossy: true },
    ],
    ['png', make.png(300, 200, pixels), still('png', 300, 200, false)],
    ['png of absurd width', make.png(2 ** 31 - 1, 1, pixels), still('png', 2 ** 31 - 1, 1, false)],
    ['animated png', make.png(30, 20, frames(2), pixels), moving('png', 30, 20, false)],
    ['animated png of one frame', make.png(30, 20, frames(1), pixels), still('png', 30, 20, false)],
    ['png with a late acTL', make.png(30, 20, pixels, frames(2)), still('png', 30, 20, false)],
    ['gif', make.gif(50, 40, 1), gif(50, 40)],
    ['animated gif', make.gif(50, 40, 2), gif(50, 40, true)],
    ['gif cut off in its first frame', make.gif(50, 40, 2).subarray(0, 60), gif(50, 40)],
    ['lossy webp', make.webp(make.vp8(99, 77)), still('webp', 99, 77, true)],
    ['lossless webp', make.webp(make.vp8l(99, 16384)), still('webp', 99, 16384, false)],
    [
      'extended webp',
      make.webp(make.vp8x(70000, 5, 0x10), make.vp8(9, 9)),
      still('webp', 70000, 5, true),
    ],
    [
      'extended lossless webp',
      make.webp(make.vp8x(7, 5, 0x10), make.vp8l(7, 5)),
      still('webp', 7, 5, false),
    ],
    ['animated webp', make.webp(make.vp8x(7, 5, 0x12)), moving('webp', 7, 5, true)],
    ['avif', make.avif('avif', [make.extent(320, 200)]), still('avif', 320, 200, true)],
    [
      'avif with a thumbnail',
      make.avif('avif', [make.extent(64, 40), make.extent(320, 200)]),
      still('avif', 320, 200, true),
    ],
    ['avif sequence', make.avif('avis', [make.extent(320, 200)]), moving('avif', 320, 200, true)],
    [
      'cropped avif',
      make.avif('avif', [make.extent(320, 200), make.box('clap')]),
      {
        ...still('avif', 0, 0, true),
        size: null,
        extent: { width: 320, height: 200 },
      },
    ],
    ['bmp', make.bmp(31, 17), still('bmp', 31, 17, false)],
    ['bmp from the top', make.bmp(31, -17), still('bmp', 31, 17, false)],
    ['bmp of OS/2', make.oldBmp(31, 17), still('bmp', 31, 17, false)],
    [
      'ico',
      make.ico(make.png(32, 48, pixels), make.icoBitmap(16, 64)),
      { ...still('ico', 0, 0, false), size: null, extent: { width: 32, height: 64 } },
    ],
    [
      'gif whose picture is larger than its screen',
      make.gif(50, 40, 1, { width: 60_000, height: 50_000 }),
      { ...gif(50, 40), extent: { width: 60_000, height: 50_000 } },
    ],
    [
      'jpeg with junk before its frame',
      make.junkedJpeg(9000, 8000),
      still('jpeg', 9000, 8000, true),
    ],
    ['jpeg of many scans', make.jpeg(8, 8, 0xc2, 100), still('jpeg', 8, 8, true)],
    [
      'jpeg of more scans than any encoder makes',
      make.jpeg(8, 8, 0xc2, 101),
      { ...still('jpeg', 8, 8, true), costly: 'more than 100 scans' },
    ],
    [
      'png with a colour profile',
      make.png(3, 2, make.pngChunk('iCCP', new Uint8Array(3000)), pixels),
      still('png', 3, 2, false),
    ],
    [
      'png with a huge colour profile',
      make.png(3, 2, make.pngChunk('iCCP', new Uint8Array(300_000)), pixels),
      { ...still('png', 3, 2, false), costly: 'a huge colour profile' },
    ],
    ['png without its header', make.headlessPng(), { kind: 'other' }],
    ['svg', make.bytesOf('<svg xmlns="http://www.w3.org/2000/svg"/>'), { kind: 'vector' }],
    [
      'svg after a prologue',
      make.bytesOf('<?xml version="1.0"?>\n<!-- drawn -->\n<!DOCTYPE svg>\n<svg>'),
      { kind: 'vector' },
    ],
    ['html', make.bytesOf('<!doctype html><svg></svg>'), { kind: 'other' }],
    ['text', make.bytesOf('Not found'), { kind: 'other' }],
    ['nothing', make.bytesOf(), { kind: 'other' }],
    ['the start of a png', make.bytesOf('\x89PNG\r\n\x1a\n'), { kind: 'other' }],
    ['mp4', make.bytesOf(make.box('ftyp', 'isom', [0, 0, 0, 0])), { kind: 'other' }],
  ])('%s', (_name, bytes, expected) => {
    expect(sniff(bytes)).toEqual(expected);
  });

  it.each([
    ['jpeg', true],
    ['png', false],
    ['webp', true],
    ['gif', false],
    ['avif', true],
  ] as const)('reads what an encoder of %s writes', async (format, lossy) => {
    const noise = { create: { width: 40, height: 24, channels: 3, background: 'teal' } } as const;
    const bytes = await sharp(noise).toFormat(format).toBuffer();
    const expected = still(format, 40, 24, lossy);
    expect(sniff(bytes)).toEqual(format === 'gif' ? gif(40, 24) : expected);
  });

  it('ends on any cut and any garbage', () => {
    const whole = [
      make.gif(50, 40, 2),
      make.avif('avif', [make.extent(3, 2)]),
      make.jpeg(4, 4, 0xc2, 2),
      make.ico(make.png(3, 2)),
    ];
    for (const bytes of whole) {
      for (let length = 0; length < bytes.length; length++) sniff(bytes.subarray(0, length));
      for (let at = 0; at < bytes.length; at++) sniff(bytes.with(at, 255));
    }
  });
});
