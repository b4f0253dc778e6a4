// What a result, scaled down by averaging, lacks of its source. The check and the lock both work on it.
import type { RgbaImage } from '../inference/types';

export interface Residual {
  /** Four channels a source pixel: source minus mean of the result's block, times `unit`. */
  values: Int16Array;
  /** Pixels of a block. Sums and not means are kept, so that nothing is rounded. */
  unit: number;
}

/** The sides of `result` are `scale` times those of `source`; `scale` is even, and at most 10. */
export function residualOf(source: RgbaImage, result: RgbaImage): Residual {
  const { width, height, data } = source;
  const scale = result.width / width;
  const unit = scale * scale;
  const values = new Int16Array(width * height * 4);
  const pixels = pixelsOf(result);
  const rowLength = result.width;
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // Two channels in one number, 16 bits each: red and blue, green and alpha.
      let redBlue = 0;
      let greenAlpha = 0;
      let from = y * scale * rowLength + x * scale;
      for (let dy = 0; dy < scale; dy++) {
        for (let dx = 0; dx < scale; dx += 2) {
          const one = pixels[from + dx] as number;
          const two = pixels[from + dx + 1] as number;
          redBlue += (one & 0xff00ff) + (two & 0xff00ff);
          greenAlpha += ((one >>> 8) & 0xff00ff) + ((two >>> 8) & 0xff00ff);
        }
        from += rowLength;
      }
      const alpha = data[at + 3] as number;
      values[at + 3] = alpha * unit - (greenAlpha >>> 16);
      // Where nothing is seen, the colour is whatever bled there.
      if (alpha > 0) {
        values[at] = (data[at] as number) * unit - (redBlue & 0xffff);
        values[at + 1] = (data[at + 1] as number) * unit - (greenAlpha & 0xffff);
        values[at + 2] = (data[at + 2] as number) * unit - (redBlue >>> 16);
      }
      at += 4;
    }
  }
  return { values, unit };
}

/** A pixel as one number, alpha in the highest byte: every machine that runs a browser is little-endian. */
function pixelsOf({ data }: RgbaImage): Uint32Array {
  const aligned = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}
