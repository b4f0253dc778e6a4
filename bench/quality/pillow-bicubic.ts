// Pillow's antialiased bicubic resize of 8-bit RGB, to the bit: the literature's low-resolution images.
import type { RgbPicture } from './rgb-picture';

/** Bits behind the point: 32 less 8 of the sample and 2 of overshoot, as in Pillow's Resample.c. */
const precisionBits = 32 - 8 - 2;
/** Where the kernel of Keys ends, at scale 1. */
const kernelRadius = 2;

interface Taps {
  /** First sample that is read. */
  from: number;
  /** Fixed-point weights of it and those that follow. */
  weights: number[];
}

export function resizeBicubic(picture: RgbPicture, width: number, height: number): RgbPicture {
  const rows = resizeRows(picture, width);
  return transpose(resizeRows(transpose(rows), height));
}

/** Pillow resizes across first, rounds to 8 bits, then down; so a transposed picture does for the second. */
function resizeRows({ width, height, data }: RgbPicture, newWidth: number): RgbPicture {
  const taps = tapsOf(width, newWidth);
  const result = new Uint8Array(newWidth * height * 3);
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (const { from, weights } of taps) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 1 << (precisionBits - 1);
        let at = (y * width + from) * 3 + channel;
        for (const weight of weights) {
          sum += (data[at] ?? 0) * weight;
          at += 3;
        }
        result[to++] = Math.min(255, Math.max(0, sum >> precisionBits));
      }
    }
  }
  return { width: newWidth, height, data: result };
}

function tapsOf(length: number, newLength: number): Taps[] {
  const scale = length / newLength;
  const stretch = Math.max(1, scale);
  const radius = kernelRadius * stretch;
  return Array.from({ length: newLength }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const from = Math.max(0, Math.trunc(centre - radius + 0.5));
    const end = Math.min(length, Math.trunc(centre + radius + 0.5));
    const raw = Array.from({ length: end - from }, (_, k) =>
      bicubic((k + from - centre + 0.5) / stretch),
    );
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    return { from, weights: raw.map((weight) => toFixed(weight / total)) };
  });
}

/** Keys' cubic with a = -0.5. */
function bicubic(distance: number): number {
  const a = -0.5;
  const x = Math.abs(distance);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}

function toFixed(weight: number): number {
  return Math.trunc(weight * 2 ** precisionBits + (weight < 0 ? -0.5 : 0.5));
}

function transpose({ width, height, data }: RgbPicture): RgbPicture {
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3;
      result.set(data.subarray(from, from + 3), (x * height + y) * 3);
    }
  }
  return { width: height, height: width, data: result };
}
