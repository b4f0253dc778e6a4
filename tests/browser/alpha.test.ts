// Transparency through the real network.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/inference/engine';
import { engineOn } from '../../src/inference/engine-on';
import type { RgbaImage } from '../../src/inference/types';
import { loadModel, modelNames, picture, texture, wasmPath } from './models';

const { signal } = new AbortController();

/** The least of all colours that are seen at all. */
const darkest = ({ data }: RgbaImage) =>
  data.reduce(
    (least, value, i) =>
      i % 4 < 3 && data[i - (i % 4) + 3] !== 0 ? Math.min(least, value) : least,
    255,
  );
const alphas = ({ data }: RgbaImage) => data.filter((_, i) => i % 4 === 3);

const cases = (['wasm', 'webgl', 'webgpu'] as const).flatMap((backend) =>
  modelNames.map((name) => [name, backend] as const),
);

describe.each(cases)('%s on %s', (name, backend) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await engineOn(backend, { wasmPath, tileSize: 64, allowSoftware: true }, signal);
    await engine.load(await loadModel(name), signal);
  });
  afterAll(() => engine.dispose());
  const upscale = (image: RgbaImage) => engine.upscale(image, { model: name, signal });

  test('a white disc on transparent black stays white at its rim', async () => {
    const disc = picture(60, 60, (x, y) => {
      const alpha = Math.max(0, Math.min(255, (20.5 - Math.hypot(x - 29.5, y - 29.5)) * 255));
      return alpha > 0 ? [255, 255, 255, alpha] : [0, 0, 0, 0];
    });
    const result = await upscale(disc);
    expect(darkest(result)).toBeGreaterThan(250);
    const corner = result.data[3];
    const centre = result.data[((result.height / 2) * result.width + result.width / 2) * 4 + 3];
    expect([corner, centre]).toEqual([0, 255]);
  });

  test.each([0, 1, 100, 254, 255])('constant alpha %i stays so', async (alpha) => {
    const image = picture(50, 30, (x, y) => [x * 5, y * 8, 90, alpha]);
    expect(new Set(alphas(await upscale(image)))).toEqual(new Set([alpha]));
  });

  test('alpha is that of the whole tile, though only the part where it changes is computed', async () => {
    const disc = (x: number, y: number) =>
      Math.max(0, Math.min(255, (9.5 - Math.hypot(x - 20, y - 14)) * 90));
    const cut = picture(42, 42, (x, y) => [90, 90, 90, disc(x, y)]);
    const grey = picture(42, 42, (x, y) => [disc(x, y), disc(x, y), disc(x, y), 255]);
    const [alpha, colours] = [alphas(await upscale(cut)), await upscale(grey)];
    // Where the network stays between the neighbours' values, alpha is its grey.
    const scale = colours.width / 42;
    const neighbours = (i: number) => {
      const x = Math.floor((i % colours.width) / scale);
      const y = Math.floor(i / colours.width / scale);
      return [-1, 0, 1].flatMap((dy) =>
        [-1, 0, 1].map((dx) => Math.trunc(disc(x + dx, y + dy) + 0.5)),
      );
    };
    const worst = alpha.reduce((most, value, i) => {
      const [r = 0, g = 0, b = 0] = colours.data.subarray(i * 4, i * 4 + 3);
      const around = neighbours(i);
      const held = Math.min(Math.max(...around), Math.max(Math.min(...around), (r + g + b) / 3));
      return Math.max(most, Math.abs(held - value));
    }, 0);
    expect(worst).toBeLessThanOrEqual(1);
  });

  test('colours do not depend on an alpha without holes', async () => {
    const opaque = texture(50, 50);
    const half = { ...opaque, data: opaque.data.map((v, i) => (i % 4 === 3 ? 255 - (i % 90) : v)) };
    const [a, b] = [await upscale(opaque), await upscale(half)];
    expect(b.data.filter((_, i) => i % 4 < 3)).toEqual(a.data.filter((_, i) => i % 4 < 3));
  });
});
