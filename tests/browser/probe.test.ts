// The probe passes over what can't start, hangs, or computes something else, and takes the fastest.
import {
  getKernel,
  registerBackend,
  registerKernel,
  removeBackend,
  findBackendFactory,
  unregisterKernel,
  type KernelConfig,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { afterEach, expect, test } from 'vitest';
import { countTensors } from '../../src/inference/backends/tfjs';
import { chooseEngine, NoBackendError } from '../../src/inference/probe';
import { loadModel, texture, wasmPath } from './models';

const { signal } = new AbortController();
/** Tries all candidates, however fast or slow this machine is. */
const patient = { wasmPath, allowSoftware: true, limitMs: 60_000, fastEnoughMs: 0 };
const restore: (() => void)[] = [];
afterEach(() => {
  for (const undo of restore.splice(0)) undo();
});

test('passes over what the browser does not have', async () => {
  const files = await loadModel('tiny-x2');
  const candidates = ['tfjs-webgpu', 'tfjs-wasm'] as const;
  const { engine, probe } = await chooseEngine(files, { candidates, wasmPath }, signal);
  await engine.dispose();
  expect(engine.backend).toBe('tfjs-wasm');
  expect(probe).toEqual([
    { backend: 'tfjs-webgpu', ms: null, problem: expect.stringContaining('tfjs-webgpu') as string },
    { backend: 'tfjs-wasm', ms: expect.any(Number) as number, problem: null },
  ]);
});

test('a software renderer is not tried for long', async () => {
  const files = await loadModel('tiny-x2');
  const candidates = ['tfjs-webgl', 'tfjs-wasm'] as const;
  const { engine, probe } = await chooseEngine(files, { candidates, wasmPath }, signal);
  await engine.dispose();
  expect(engine.backend).toBe('tfjs-wasm');
  expect(probe[0]?.problem).toContain('software');
});

test.each([
  ['black', (value: number) => value * 0, 'mean'],
  ['no numbers', (value: number) => value / 0, 'no numbers'],
  ['slightly off', (value: number) => value + 0.01, 'off by'],
])('passes over a backend whose results are %s', async (_what, spoil, problem) => {
  spoilConvolutions(spoil);
  const files = await loadModel('tiny-x2');
  const tensors = countTensors();
  const options = { candidates: ['tfjs-cpu', 'tfjs-wasm'] as const, wasmPath, tileSize: 64 };
  const { engine, probe } = await chooseEngine(files, { ...options, limitMs: 60_000 }, signal);
  await engine.dispose();
  expect(engine.backend).toBe('tfjs-wasm');
  expect(probe[0]?.problem).toContain(problem);
  expect(countTensors()).toBe(tensors);
});

test('passes over a backend that never starts', async () => {
  const factory = findBackendFactory('webgl');
  removeBackend('webgl');
  registerBackend('webgl', () => new Promise(() => {}));
  restore.push(() => {
    removeBackend('webgl');
    registerBackend('webgl', factory);
  });
  const files = await loadModel('tiny-x2');
  const candidates = ['tfjs-webgl', 'tfjs-wasm'] as const;
  const { engine, probe } = await chooseEngine(files, { candidates, wasmPath }, signal);
  const result = await engine.upscale(texture(4, 4), { model: 'tiny-x2', signal });
  await engine.dispose();
  expect([engine.backend, result.width]).toEqual(['tfjs-wasm', 8]);
  expect(probe[0]).toEqual({ backend: 'tfjs-webgl', ms: null, problem: 'more than 4000 ms' });
});

test('keeps the fastest, also where it was not the last to be tried', async () => {
  const files = await loadModel('tiny-x2');
  const candidates = ['tfjs-wasm', 'tfjs-webgl'] as const;
  const options = { ...patient, candidates, tileSize: 64 };
  const { engine, probe } = await chooseEngine(files, options, signal);
  const result = await engine.upscale(texture(4, 4), { model: 'tiny-x2', signal });
  await engine.dispose();
  const [fastest] = probe.toSorted((a, b) => (a.ms ?? Infinity) - (b.ms ?? Infinity));
  expect([engine.backend, result.width]).toEqual([fastest?.backend, 8]);
});

test('falls back to the next best where the fastest does not start again', async () => {
  const factory = findBackendFactory('wasm');
  let starts = 0;
  removeBackend('wasm');
  registerBackend('wasm', () =>
    ++starts === 1 ? factory() : Promise.reject(new Error('out of memory')),
  );
  restore.push(() => {
    removeBackend('wasm');
    registerBackend('wasm', factory);
  });
  const files = await loadModel('tiny-x2');
  const candidates = ['tfjs-wasm', 'tfjs-webgl'] as const;
  const options = { ...patient, candidates, tileSize: 64 };
  const { engine, probe } = await chooseEngine(files, options, signal);
  await engine.dispose();
  expect(engine.backend).toBe('tfjs-webgl');
  // Where a real GPU is the fastest, WASM is not started again.
  const [wasm, webgl, again] = probe;
  const wasmIsFastest = (wasm?.ms ?? Infinity) < (webgl?.ms ?? Infinity);
  expect(again?.problem ?? null).toEqual(
    wasmIsFastest ? expect.stringContaining('tfjs-wasm') : null,
  );
});

test('wrong weights pass nowhere', async () => {
  const files = await loadModel('tiny-x4');
  files.weights['tail/bias']?.values.fill(0.02);
  const tensors = countTensors();
  const choice = chooseEngine(files, { candidates: ['tfjs-wasm'], wasmPath }, signal);
  const error: unknown = await choice.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NoBackendError);
  expect((error as NoBackendError).probe[0]?.problem).toContain('golden sample of tiny-x4');
  expect(countTensors()).toBe(tensors);
});

test('an abort ends the choice', async () => {
  const files = await loadModel('tiny-x2');
  const choice = chooseEngine(files, { candidates: ['tfjs-wasm'], wasmPath }, AbortSignal.abort());
  await expect(choice).rejects.toMatchObject({ name: 'AbortError' });
});

/** Makes the real CPU backend compute something else, as a broken driver does. */
function spoilConvolutions(spoil: (value: number) => number): void {
  const right = getKernel('FusedConv2D', 'cpu') as KernelConfig;
  const replace = (kernel: KernelConfig) => {
    unregisterKernel('FusedConv2D', 'cpu');
    registerKernel(kernel);
  };
  replace({
    ...right,
    kernelFunc: (args) => {
      const result = right.kernelFunc(args) as TensorInfo;
      const { values } = (args.backend as MathBackendCPU).data.get(result.dataId);
      (values as Float32Array).forEach(
        (value, i, all) => ((all as Float32Array)[i] = spoil(value)),
      );
      return result;
    },
  });
  restore.push(() => replace(right));
}
