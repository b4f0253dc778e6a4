// Tiles on several threads: real workers, which are ended, hang, and never start.
import { afterEach, expect, test } from 'vitest';
import { engineOn } from '../../src/inference/engine-on';
import { ParallelEngine } from '../../src/inference/threads/parallel-engine';
import { TileWorker, type SpawnedWorker } from '../../src/inference/threads/tile-worker';
import type { RgbaImage } from '../../src/inference/types';
import { loadModel, picture, texture, wasmPath } from './models';

const { signal } = new AbortController();
const model = 'tiny-x2';
const engineOptions = { wasmPath, tileSize: 64 };

let workers: Worker[] = [];
const deaths: unknown[] = [];
let engine: ParallelEngine | null = null;

function spawn(lock: string): Promise<SpawnedWorker> {
  const worker = new Worker(new URL('./tile-worker.ts', import.meta.url), { type: 'module' });
  workers.push(worker);
  const { port1: port, port2 } = new MessageChannel();
  worker.postMessage({ lock }, [port2]);
  return Promise.resolve({ port, terminate: () => worker.terminate() });
}

async function start(options: { limitMs?: number; spawn?: typeof spawn } = {}) {
  const files = await loadModel(model);
  const inPlace = await engineOn('wasm', engineOptions, signal);
  await inPlace.load(files, signal);
  const worker = { spawn, engine: engineOptions, limitMs: 60_000 };
  engine = new ParallelEngine(inPlace, [files], {
    startWorker: () => TileWorker.start({ ...worker, ...options }),
    threads: 2,
    onDeath: (error) => deaths.push(error),
  });
  return { engine, inPlace };
}

/** Upscales until both workers are there. */
async function warmUp(started: ParallelEngine): Promise<void> {
  while (started.workers < 2) await started.upscale(texture(200, 200), { model, signal });
}

afterEach(async () => {
  await engine?.dispose();
  engine = null;
  workers = [];
  deaths.length = 0;
});

/** Not toEqual, which takes seconds for so many numbers. */
function expectSame(result: RgbaImage, expected: RgbaImage): void {
  expect([result.width, result.height]).toEqual([expected.width, expected.height]);
  expect(result.data.findIndex((value, i) => value !== expected.data[i])).toBe(-1);
}

const seeThrough = picture(150, 90, (x, y) => [x, y, 200, x < 40 ? 0 : x * 2]);

test.each<[string, RgbaImage]>([
  ['opaque', texture(300, 200)],
  ['transparent', seeThrough],
  ['one pixel high', texture(200, 1)],
  ['a single tile', texture(20, 30)],
])('the same picture as in place: %s', async (_what, image) => {
  const started = await start();
  const expected = await started.inPlace.upscale(image, { model, signal });
  await warmUp(started.engine);
  const result = await started.engine.upscale(image, { model, signal });
  expectSame(result, expected);
});

test('a worker that is ended is replaced, and its tile done again', async () => {
  const started = await start();
  await warmUp(started.engine);
  const image = texture(400, 400);
  const expected = await started.inPlace.upscale(image, { model, signal });
  const steps: number[] = [];
  const onProgress = (done: number) => {
    steps.push(done);
    if (done === 10) workers[0]?.terminate();
  };
  const result = await started.engine.upscale(image, { model, signal, onProgress });
  expectSame(result, expected);
  expect(steps).toEqual(Array.from({ length: steps.length }, (_, i) => i + 1));
  expect(deaths.map(String)).toEqual(['WorkerDiedError: the worker died']);
  await warmUp(started.engine);
  expect(workers).toHaveLength(3);
});

test('a worker that hangs is replaced', async () => {
  const started = await start({ limitMs: 8000 });
  await warmUp(started.engine);
  const [worker] = workers;
  // What it is told to do here, no message of ours could make it do.
  worker?.postMessage('hang');
  const image = texture(400, 400);
  const expected = await started.inPlace.upscale(image, { model, signal });
  const result = await started.engine.upscale(image, { model, signal });
  expectSame(result, expected);
  expect(deaths.map(String)).toEqual(['WorkerDiedError: the worker did not answer for 8000 ms']);
});

test('without workers, everything is done in place', async () => {
  const started = await start({ spawn: () => Promise.reject(new Error('no workers here')) });
  const image = texture(200, 200);
  const result = await started.engine.upscale(image, { model, signal });
  expect(result.width).toBe(400);
  expect(started.engine.workers).toBe(0);
  expect(deaths.map(String)).toEqual(Array(4).fill('Error: no workers here'));
});

test('an abort ends an image at once, and the next one runs', async () => {
  const started = await start();
  await warmUp(started.engine);
  const controller = new AbortController();
  let tiles = 0;
  const onProgress = () => {
    tiles += 1;
    controller.abort();
  };
  const options = { model, signal: controller.signal, onProgress };
  const aborted = started.engine.upscale(texture(600, 600), options);
  await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  const result = await started.engine.upscale(texture(200, 200), { model, signal });
  const expected = await started.inPlace.upscale(texture(200, 200), { model, signal });
  expectSame(result, expected);
  expect(tiles).toBe(1);
});

test('a second model goes to the workers too', async () => {
  const started = await start();
  await warmUp(started.engine);
  await started.engine.load(await loadModel('tiny-x4'), signal);
  const image = texture(200, 120);
  const expected = await started.inPlace.upscale(image, { model: 'tiny-x4', signal });
  const result = await started.engine.upscale(image, { model: 'tiny-x4', signal });
  expectSame(result, expected);
});

test('a worker that is asked for a model twice at once loads it once', async () => {
  const files = await loadModel(model);
  const worker = await TileWorker.start({ spawn, engine: engineOptions, limitMs: 60_000 });
  await Promise.all([worker.load(files), worker.load(files)]);
  expect(worker.isDead).toBe(false);
  worker.dispose();
});

test('dispose ends what runs, and the workers', async () => {
  const started = await start();
  await warmUp(started.engine);
  const running = started.engine.upscale(texture(600, 600), { model, signal });
  const ended = expect(running).rejects.toMatchObject({ name: 'AbortError' });
  await started.engine.dispose();
  await ended;
  const locks = async () => {
    const { held = [] } = await navigator.locks.query();
    return held.filter(({ name }) => name?.startsWith('upres worker'));
  };
  await expect.poll(locks, { timeout: 30_000 }).toEqual([]);
});
