// The engine as an owned resource: tensors, aborts, queueing, lost backends.
import { backend as tfjsBackend } from '@tensorflow/tfjs-core';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { afterEach, expect, test } from 'vitest';
import { countTensors } from '../../src/inference/backends/tfjs';
import type { Engine } from '../../src/inference/engine';
import { engineOn } from '../../src/inference/engine-on';
import { BackendError } from '../../src/inference/errors';
import type { BackendName } from '../../src/inference/types';
import { loadModel, picture, texture, wasmPath } from './models';

const { signal } = new AbortController();
const model = 'tiny-x2';
let engine: Engine | null = null;

async function start(backend: BackendName): Promise<Engine> {
  engine = await engineOn(backend, { wasmPath, tileSize: 64, allowSoftware: true }, signal);
  await engine.load(await loadModel(model), signal);
  return engine;
}
afterEach(async () => {
  await engine?.dispose();
  engine = null;
});

test.each(['tfjs-wasm', 'tfjs-webgl'] as const)('%s keeps no tensors', async (backend) => {
  const before = countTensors();
  const started = await start(backend);
  const loaded = countTensors();
  expect(loaded).toBeGreaterThan(before);
  const seeThrough = picture(40, 50, (x, y) => [x, y, 0, x * 3]);
  for (const image of [texture(50, 40), seeThrough, texture(1, 1)]) {
    await started.upscale(image, { model, signal });
    expect(countTensors()).toBe(loaded);
  }
  await started.dispose();
  expect(countTensors()).toBe(before);
});

test('two models on one backend', async () => {
  const started = await start('tfjs-wasm');
  await started.load(await loadModel('tiny-x4'), signal);
  const [x2, x4] = await Promise.all([
    started.upscale(texture(20, 20), { model, signal }),
    started.upscale(texture(20, 20), { model: 'tiny-x4', signal }),
  ]);
  expect([x2.width, x4.width]).toEqual([40, 80]);
});

test('tells its progress by tiles', async () => {
  const started = await start('tfjs-wasm');
  const steps: string[] = [];
  const onProgress = (done: number, total: number) => steps.push(`${done}/${total}`);
  await started.upscale(texture(60, 60), { model, signal, onProgress });
  expect(steps).toEqual(['1/4', '2/4', '3/4', '4/4']);
});

test('abort ends an image between tiles, and the next one runs', async () => {
  const started = await start('tfjs-wasm');
  const tensors = countTensors();
  const controller = new AbortController();
  let tiles = 0;
  const onProgress = () => {
    tiles++;
    controller.abort();
  };
  const aborted = started.upscale(texture(200, 200), {
    model,
    signal: controller.signal,
    onProgress,
  });
  await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  const next = await started.upscale(texture(5, 5), { model, signal });
  expect([tiles, next.width, countTensors()]).toEqual([1, 10, tensors]);
});

test('a message between tiles can abort', async () => {
  const started = await start('tfjs-wasm');
  const controller = new AbortController();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => controller.abort();
  let tiles = 0;
  const onProgress = () => {
    tiles++;
    if (tiles === 1) port2.postMessage(null);
  };
  const aborted = started.upscale(texture(400, 400), {
    model,
    signal: controller.signal,
    onProgress,
  });
  await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  port1.close();
});

test('an image that waits can be aborted, and dispose ends all', async () => {
  const started = await start('tfjs-wasm');
  const controller = new AbortController();
  const first = started.upscale(texture(300, 300), { model, signal });
  const waiting = started.upscale(texture(30, 30), { model, signal: controller.signal });
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  const ended = expect(first).rejects.toMatchObject({ name: 'AbortError' });
  await started.dispose();
  await ended;
  const late = started.upscale(texture(3, 3), { model, signal });
  await expect(late).rejects.toMatchObject({ name: 'AbortError' });
});

test.each([
  [{ width: 0, height: 4, data: new Uint8ClampedArray(0) }, model, 'no RGBA image of 0x4'],
  [{ width: 2, height: 2, data: new Uint8ClampedArray(15) }, model, 'no RGBA image of 2x2'],
  [{ width: 1, height: 1, data: new Uint8ClampedArray(4) }, 'other', 'other is not loaded'],
])('refuses a wrong call %#', async (image, name, message) => {
  const started = await start('tfjs-wasm');
  await expect(started.upscale(image, { model: name, signal })).rejects.toThrow(message);
});

test('a lost context is a BackendError, and WebGL can start again', async () => {
  const lost = await start('tfjs-webgl');
  const { gl } = (tfjsBackend() as MathBackendWebGL).gpgpu;
  const gone = new Promise((resolve) => gl.canvas.addEventListener('webglcontextlost', resolve));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  await gone;
  const failing = lost.upscale(texture(9, 9), { model, signal });
  await expect(failing).rejects.toThrow(BackendError);
  await lost.dispose();
  const again = await start('tfjs-webgl');
  const result = await again.upscale(texture(9, 9), { model, signal });
  expect(result.width).toBe(18);
});

test('one backend at a time', async () => {
  await start('tfjs-wasm');
  const second = engineOn('tfjs-cpu', { wasmPath }, signal);
  await expect(second).rejects.toThrow('wasm still runs');
});
