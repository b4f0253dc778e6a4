// Pictures that stay on the GPU from upload to result are those that WASM makes, transparency included.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/inference/engine';
import { engineOn } from '../../src/inference/engine-on';
import type { RgbaImage } from '../../src/inference/types';
import { loadModel, modelNames, picture, texture, wasmPath } from './models';

const { signal } = new AbortController();
const options = { wasmPath, tileSize: 64, allowSoftware: true };

const pictures: [string, RgbaImage][] = [
  ['opaque', texture(131, 113)],
  ['a hole and a slope', picture(90, 77, (x, y) => [x * 2, y * 3, 90, Math.max(0, x * 4 - 80)])],
  ['of one alpha', picture(50, 30, (x, y) => [x * 5, y * 8, 90, 100])],
  ['a single pixel', picture(1, 1, () => [10, 200, 90, 255])],
];

describe.each(modelNames)('%s', (name) => {
  const expected = new Map<string, RgbaImage>();
  const upscaleAll = async (engine: Engine, into: Map<string, RgbaImage>) => {
    for (const [what, image] of pictures) {
      into.set(what, await engine.upscale(image, { model: name, signal }));
    }
  };
  beforeAll(async () => {
    const wasm = await engineOn('wasm', options, signal);
    await wasm.load(await loadModel(name), signal);
    await upscaleAll(wasm, expected);
    await wasm.dispose();
  });

  describe.each(['webgl', 'webgpu'] as const)('on %s', (backend) => {
    const actual = new Map<string, RgbaImage>();
    let engine: Engine;
    beforeAll(async () => {
      engine = await engineOn(backend, options, signal);
      await engine.load(await loadModel(name), signal);
      await upscaleAll(engine, actual);
    });
    afterAll(() => engine.dispose());

    test.each(pictures)('%s', (what) => {
      const { data } = actual.get(what) ?? { data: new Uint8ClampedArray() };
      const wanted = expected.get(what)?.data ?? new Uint8ClampedArray();
      expect(data.length).toBe(wanted.length);
      const differences = wanted.map((value, i) => Math.abs(value - (data[i] ?? Infinity)));
      expect(differences.reduce((most, value) => Math.max(most, value), 0)).toBeLessThanOrEqual(1);
    });
  });
});
