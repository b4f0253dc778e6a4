// A GPU that goes away in the middle of a picture: said as such, freed, and rebuilt.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { BackendLostError } from '../../src/inference/errors';
import { engineOn } from '../../src/inference/engine-on';
import { chooseEngine } from '../../src/inference/probe';
import { ModelHost } from '../../src/service/host';
import { loadModel, texture, wasmPath } from './models';

const { signal } = new AbortController();
const model = 'tiny-x2';
const options = { wasmPath, tileSize: 64, allowSoftware: true };

/** What takes the device away that was made last. */
let lose = () => {};
const { getContext } = OffscreenCanvas.prototype;
vi.spyOn(OffscreenCanvas.prototype, 'getContext').mockImplementation(function (
  this: OffscreenCanvas,
  ...args: Parameters<typeof getContext>
) {
  const context = getContext.apply(this, args);
  if (context instanceof WebGL2RenderingContext) {
    lose = () => context.getExtension('WEBGL_lose_context')?.loseContext();
  }
  return context;
} as typeof getContext);
const { requestDevice } = GPUAdapter.prototype;
vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockImplementation(async function (
  this: GPUAdapter,
  ...args
) {
  const device = await requestDevice.apply(this, args);
  lose = () => device.destroy();
  return device;
});

let dispose = async () => {};
afterEach(() => dispose());

describe.each(['webgl', 'webgpu'] as const)('%s', (backend) => {
  test('the loss ends the picture, and the backend starts again', async () => {
    const start = async () => {
      const engine = await engineOn(backend, options, signal);
      dispose = () => engine.dispose();
      await engine.load(await loadModel(model), signal);
      return engine;
    };
    const engine = await start();
    const upscaling = engine.upscale(texture(150, 100), { model, signal, onProgress: lose });
    await expect(upscaling).rejects.toThrow(BackendLostError);
    const waiting = engine.upscale(texture(9, 9), { model, signal });
    await expect(waiting).rejects.toThrow(BackendLostError);
    await engine.dispose();
    const again = await start();
    const result = await again.upscale(texture(9, 9), { model, signal });
    expect(result.width).toBe(18);
  });

  test('the host does the picture again: on a new device, then elsewhere', async () => {
    const files = await loadModel(model);
    const host = new ModelHost({
      startEngine: (_files, without) => {
        const candidates = ([backend, 'wasm'] as const).filter((name) => !without.has(name));
        const patient = { ...options, candidates, fastEnoughMs: Infinity, limitMs: 60_000 };
        return chooseEngine(files, patient, signal);
      },
      loadModel: async () => ({ files, weightsFrom: 'package' }),
      onWrongPixels: async () => {},
      idleMs: 60_000,
    });
    dispose = () => host.dispose();
    const image = texture(100, 60);
    let losses = 1;
    const onProgress = () => {
      if (losses-- > 0) lose();
    };
    const rebuilt = await host.upscale(image, { model, signal, onProgress });
    losses = 2;
    const elsewhere = await host.upscale(image, { model, signal, onProgress });
    expect([rebuilt.backend, elsewhere.backend]).toEqual([backend, 'wasm']);
    const differences = rebuilt.image.data.map((value, i) =>
      Math.abs(value - (elsewhere.image.data[i] ?? Infinity)),
    );
    // A level as the backends differ, and one that the lock to the source makes of it.
    expect(differences.reduce((most, value) => Math.max(most, value), 0)).toBeLessThanOrEqual(2);
  });
});
