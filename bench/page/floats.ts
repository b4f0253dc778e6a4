// Between RGBA pictures and the floats that libraries take and give.
import type { RgbaImage } from '../../src/inference/types';

/** RGB in 0..`white`, channels last. */
export function toFloats({ data }: RgbaImage, white: number): Float32Array {
  const factor = white / 255;
  const values = new Float32Array((data.length / 4) * 3);
  let to = 0;
  for (let from = 0; from < data.length; from += 4) {
    values[to++] = (data[from] ?? 0) * factor;
    values[to++] = (data[from + 1] ?? 0) * factor;
    values[to++] = (data[from + 2] ?? 0) * factor;
  }
  return values;
}

/** RGB in 0..`white`, [height, width, 3], as an opaque picture. */
export function toPicture(
  values: Float32Array,
  width: number,
  height: number,
  white: number,
): RgbaImage {
  const factor = 255 / white;
  const data = new Uint8ClampedArray(width * height * 4);
  let from = 0;
  for (let to = 0; to < data.length; to += 4) {
    data[to] = (values[from++] ?? 0) * factor;
    data[to + 1] = (values[from++] ?? 0) * factor;
    data[to + 2] = (values[from++] ?? 0) * factor;
    data[to + 3] = 255;
  }
  return { width, height, data };
}

/** RGB in 0..1, channels first. */
export function toPlanes({ data }: RgbaImage): Float32Array {
  const size = data.length / 4;
  const values = new Float32Array(size * 3);
  for (let i = 0; i < size; i++) {
    values[i] = (data[i * 4] ?? 0) / 255;
    values[size + i] = (data[i * 4 + 1] ?? 0) / 255;
    values[2 * size + i] = (data[i * 4 + 2] ?? 0) / 255;
  }
  return values;
}

/** [3 · scale², height, width], not yet shuffled, as an opaque picture. */
export function shufflePlanes(
  values: Float32Array,
  width: number,
  height: number,
  scale: number,
): RgbaImage {
  const data = new Uint8ClampedArray(width * height * scale * scale * 4);
  const size = width * height;
  for (let block = 0; block < scale * scale; block++) {
    const dx = block % scale;
    const dy = Math.floor(block / scale);
    for (let i = 0; i < size; i++) {
      const x = (i % width) * scale + dx;
      const y = Math.floor(i / width) * scale + dy;
      const to = (y * width * scale + x) * 4;
      for (let c = 0; c < 3; c++) data[to + c] = (values[(block * 3 + c) * size + i] ?? 0) * 255;
      data[to + 3] = 255;
    }
  }
  return { width: width * scale, height: height * scale, data };
}
