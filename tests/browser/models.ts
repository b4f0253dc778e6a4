// The shipped models and the pictures that the browser tests feed them.
import { decodeModel } from '../../src/inference/model-files';
import type { ModelFiles, RgbaImage } from '../../src/inference/types';
import wasmUrl from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url';

export const wasmPath = wasmUrl.slice(0, wasmUrl.lastIndexOf('/') + 1);

export const modelNames = ['tiny-x2', 'tiny-x4'] as const;

export async function loadModel(name: (typeof modelNames)[number]): Promise<ModelFiles> {
  const file = async (path: string) => {
    const response = await fetch(`/models/${name}/${path}`);
    if (!response.ok) throw new Error(`${name}/${path}: ${response.status}`);
    return response;
  };
  return decodeModel({
    modelJson: await (await file('model.json')).text(),
    weightsBin: await (await file('weights.bin')).arrayBuffer(),
    card: await (await file('card.json')).text(),
    golden: await (await file('golden.bin')).arrayBuffer(),
  });
}

/** A picture from a formula: `at` gives RGBA in 0..255. */
export function picture(
  width: number,
  height: number,
  at: (x: number, y: number) => [number, number, number, number],
): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(at(x, y), (y * width + x) * 4);
  }
  return { width, height, data };
}

/** Slopes, edges and fine texture, different everywhere, so that no seam can hide. */
export const texture = (width: number, height: number) =>
  picture(width, height, (x, y) => [
    128 + 100 * Math.sin(x * 0.31 + y * 0.07),
    (x * 7 + y * 13) % 256,
    (x * y) % 17 < 8 ? 40 : 220,
    255,
  ]);
