// Builds the containers of image formats by hand, chunk by chunk.

type Part = string | number[] | Uint8Array;

export function bytesOf(...parts: Part[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? Array.from(part, (char) => char.charCodeAt(0)) : [...part],
    ),
  );
}

export const be16 = (value: number) => [(value >> 8) & 255, value & 255];
export const le16 = (value: number) => [value & 255, (value >> 8) & 255];
export const be32 = (value: number) => [...be16(value >>> 16), ...be16(value & 0xffff)];
export const le32 = (value: number) => [...le16(value & 0xffff), ...le16(value >>> 16)];
export const le24 = (value: number) => [...le16(value & 0xffff), (value >> 16) & 255];
const zeros = (count: number) => Array<number>(count).fill(0);

export function png(
  width: number,
  height: number,
  ...chunks: Uint8Array[]
): Uint8Array<ArrayBuffer> {
  const header = pngChunk('IHDR', bytesOf(be32(width), be32(height), [8, 6, 0, 0, 0]));
  return bytesOf('\x89PNG\r\n\x1a\n', header, ...chunks, pngChunk('IEND', bytesOf()));
}

export function pngChunk(type: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytesOf(be32(content.length), type, content, zeros(4));
}

/** Some application data comes before the frame header, as cameras write it. */
export function jpeg(
  width: number,
  height: number,
  startOfFrame = 0xc0,
  scans = 0,
): Uint8Array<ArrayBuffer> {
  const application = [0xff, 0xe1, ...be16(10), ...zeros(8)];
  const huffman = [0xff, 0xc4, ...be16(4), 0, 0];
  const frame = [0xff, startOfFrame, ...be16(11), 8, ...be16(height), ...be16(width), 1, 0, 0, 0];
  // Its data holds a byte of 255 and a restart, which are no segments.
  const scan = [0xff, 0xda, ...be16(3), 1, 7, 0xff, 0, 9, 0xff, 0xd3, 5];
  const body = Array.from({ length: scans }, () => scan).flat();
  return bytesOf([0xff, 0xd8], application, [0xff], huffman, frame, body, [0xff, 0xd9, 0, 0]);
}

/** Decoders step over what is no marker, and so must who reads the size. */
export function junkedJpeg(width: number, height: number): Uint8Array<ArrayBuffer> {
  const whole = jpeg(width, height);
  return bytesOf(whole.subarray(0, 14), [1, 2, 3, 0, 7], whole.subarray(14));
}

export function gif(
  width: number,
  height: number,
  frames: number,
  picture = { width, height },
): Uint8Array<ArrayBuffer> {
  const colours = zeros(3 * 4);
  const control = [0x21, 0xf9, 4, 0, 0, 0, 0, 0];
  const comment = [0x21, 0xfe, 2, 0x2c, 0x2c, 0];
  const image = [
    0x2c,
    ...zeros(4),
    ...le16(picture.width),
    ...le16(picture.height),
    0x80,
    ...zeros(6),
    2,
    3,
    0x2c,
    0x21,
    0x3b,
    0,
  ];
  const body = Array.from({ length: frames }, () => [...control, ...image]).flat();
  return bytesOf('GIF89a', le16(width), le16(height), [0x81, 0, 0], colours, comment, body, [0x3b]);
}

export function webp(...chunks: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const body = bytesOf('WEBP', ...chunks);
  return bytesOf('RIFF', le32(body.length), body, zeros(16));
}

export function webpChunk(type: string, content: number[]): Uint8Array<ArrayBuffer> {
  return bytesOf(type, le32(content.length), content, content.length % 2 === 1 ? [0] : []);
}

export const vp8 = (width: number, height: number) =>
  webpChunk('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, ...le16(width), ...le16(height)]);
export const vp8l = (width: number, height: number) =>
  webpChunk('VP8L', [0x2f, ...le32((width - 1) | ((height - 1) << 14))]);
export const vp8x = (width: number, height: number, flags: number) =>
  webpChunk('VP8X', [flags, 0, 0, 0, ...le24(width - 1), ...le24(height - 1)]);

export function box(type: string, ...content: Part[]): Uint8Array<ArrayBuffer> {
  const body = bytesOf(...content);
  return bytesOf(be32(body.length + 8), type, body);
}

export function avif(brand: string, properties: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const fileType = box('ftyp', brand, zeros(4), 'mif1', 'avif');
  const meta = box(
    'meta',
    zeros(4),
    box('hdlr', zeros(8)),
    box('iprp', box('ipco', ...properties)),
  );
  return bytesOf(fileType, meta, box('mdat', zeros(4)));
}

export const extent = (width: number, height: number) =>
  box('ispe', zeros(4), be32(width), be32(height));

export const bmp = (width: number, height: number) =>
  bytesOf('BM', zeros(12), le32(40), le32(width), le32(height >>> 0), zeros(20));
export const oldBmp = (width: number, height: number) =>
  bytesOf('BM', zeros(12), le32(12), le16(width), le16(height), zeros(8));

/** A directory, then the pictures. */
export function ico(...pictures: Uint8Array[]): Uint8Array<ArrayBuffer> {
  let at = 6 + 16 * pictures.length;
  const entries = pictures.map((picture) => {
    const entry = [...zeros(8), ...le32(picture.length), ...le32(at)];
    at += picture.length;
    return entry;
  });
  return bytesOf([0, 0, 1, 0], le16(pictures.length), entries.flat(), ...pictures);
}

/** The body of a BMP with its mask below, as icons have it. */
export const icoBitmap = (width: number, height: number) =>
  bytesOf(le32(40), le32(width), le32(height * 2), zeros(28));

export const headlessPng = () =>
  bytesOf('\x89PNG\r\n\x1a\n', pngChunk('gAMA', bytesOf(be32(45_455))), zeros(30));
