// Pixels of a test image: RGB, 8 bits, row by row from the top.
export interface RgbPicture {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Cut right and bottom so that both sides are multiples of `multiple`. */
export function cropToMultiple(picture: RgbPicture, multiple: number): RgbPicture {
  const width = Math.floor(picture.width / multiple) * multiple;
  const height = Math.floor(picture.height / multiple) * multiple;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = y * picture.width * 3;
    data.set(picture.data.subarray(from, from + width * 3), y * width * 3);
  }
  return { width, height, data };
}

/** RGBA without its alpha. */
export function toRgb({ width, height, data }: RgbPictureWithAlpha): RgbPicture {
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) rgb.set(data.subarray(i * 4, i * 4 + 3), i * 3);
  return { width, height, data: rgb };
}

interface RgbPictureWithAlpha {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}
