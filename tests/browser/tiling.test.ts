// Tiled equals untiled: small tiles against one tile that holds the whole image.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/inference/engine';
import { engineOn } from '../../src/inference/engine-on';
import type { BackendName, RgbaImage } from '../../src/inference/types';
import { loadModel, modelNames, texture, wasmPath } from './models';

const { signal } = new AbortController();
const tileSize = 48;
const core = tileSize - 2 * 10;
const wholeSize = 160;

const sizes: [width: number, height: number][] = [
  [1, 1],
  [1, 70],
  [70, 1],
  [2, 3],
  [core - 1, core - 1],
  [core, core],
  [core + 1, core + 1],
  [core, 2 * core + 1],
  [90, 60],
  [131, 113],
];

describe.each(modelNames)('%s', (name) => {
  /** Results by size; one backend lives at a time, so all untiled ones are made first. */
  const untiled = new Map<string, RgbaImage>();
  let engine: Engine;

  const start = async (backend: BackendName) => {
    engine = await engineOn(backend, { wasmPath, tileSize, allowSoftware: true }, signal);
    await engine.load(await loadModel(name), signal);
  };
  const worstDifference = async (width: number, height: number) => {
    const tiled = await engine.upscale(texture(width, height), { model: name, signal });
    const whole = untiled.get(`${width}x${height}`);
    expect([tiled.width, tiled.height]).toEqual([whole?.width, whole?.height]);
    return tiled.data.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - (whole?.data[i] ?? Infinity))),
      0,
    );
  };

  beforeAll(async () => {
    const files = await loadModel(name);
    const whole = await engineOn('tfjs-wasm', { wasmPath, tileSize: wholeSize }, signal);
    await whole.load(files, signal);
    for (const [width, height] of sizes) {
      const result = await whole.upscale(texture(width, height), { model: name, signal });
      untiled.set(`${width}x${height}`, result);
    }
    await whole.dispose();
  });

  describe('WASM, tiles fitted to the image', () => {
    beforeAll(() => start('wasm'));
    afterAll(() => engine.dispose());
    test.each(sizes)('%i x %i', async (width, height) => {
      expect(await worstDifference(width, height)).toBeLessThanOrEqual(1);
    });
  });

  describe.each(['webgl', 'webgpu'] as const)('%s', (backend) => {
    beforeAll(() => start(backend));
    afterAll(() => engine.dispose());
    test.each(sizes)('%i x %i', async (width, height) => {
      expect(await worstDifference(width, height)).toBeLessThanOrEqual(1);
    });
  });

  describe("tfjs' WebGL, tiles of one shape", () => {
    beforeAll(() => start('tfjs-webgl'));
    afterAll(() => engine.dispose());
    test.each([
      [1, 1],
      [core + 1, core + 1],
    ])('%i x %i', async (width, height) => {
      expect(await worstDifference(width, height)).toBeLessThanOrEqual(1);
    });
  });
});
