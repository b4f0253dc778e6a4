// PyTorch and the browser agree: the lab's golden samples, on every backend that runs here.
import { slice, tensor4d, type Tensor4D } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { afterEach, describe, expect, test } from 'vitest';
import { engineOn } from '../../src/inference/engine-on';
import { goldenDifference, goldenInput, GOLDEN_TOLERANCE } from '../../src/inference/golden';
import { readColours } from '../../src/inference/pixels';
import { startBackend } from '../../src/inference/start-backend';
import type { RgbaImage } from '../../src/inference/types';
import { loadModel, modelNames, wasmPath } from './models';

const { signal } = new AbortController();
/** Enough for the golden sample and its halo, and bearable for plain JavaScript and software WebGL. */
const tileSize = 64;

let running: { dispose(): void | Promise<void> } | null = null;
afterEach(async () => {
  await running?.dispose();
  running = null;
});

describe.each(modelNames)('%s', (name) => {
  test.each(['wasm', 'webgpu', 'webgl', 'tfjs-wasm', 'tfjs-webgl', 'tfjs-cpu'] as const)(
    'matches its golden sample on %s',
    async (backend) => {
      const files = await loadModel(name);
      const options = { wasmPath, tileSize, allowSoftware: true };
      const engine = await engineOn(backend, options, signal);
      running = engine;
      await engine.load(files, signal);
      const result = await engine.upscale(goldenInput(files), { model: name, signal });
      expect(goldenDifference(files, result)).toBeLessThanOrEqual(GOLDEN_TOLERANCE);
    },
  );

  test('loads in stock TensorFlow.js layers, which agrees', async () => {
    const files = await loadModel(name);
    running = await startBackend('tfjs-wasm', { wasmPath }, signal);
    const stock = await loadLayersModel(`/models/${name}/model.json`);
    const image = goldenInput(files);
    const { scale, receptiveField: halo } = files.card;
    const padded = new Float32Array(tileSize * tileSize * 3);
    const whole = { x: 0, y: 0, width: image.width, height: image.height };
    readColours(image, whole, { width: tileSize, height: tileSize, halo, scale }, padded);
    const input = tensor4d(padded, [1, tileSize, tileSize, 3]);
    const output = stock.predict(input) as Tensor4D;
    const core = slice(
      output,
      [0, halo * scale, halo * scale, 0],
      [1, image.height * scale, image.width * scale, 3],
    );
    const result = toImage(core.dataSync<'float32'>(), image.width * scale, image.height * scale);
    for (const tensor of [input, output, core]) tensor.dispose();
    stock.dispose();
    expect(goldenDifference(files, result)).toBeLessThanOrEqual(GOLDEN_TOLERANCE);
  });
});

function toImage(values: Float32Array, width: number, height: number): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  values.forEach((value, i) => (data[Math.floor(i / 3) * 4 + (i % 3)] = value * 255));
  return { width, height, data };
}
