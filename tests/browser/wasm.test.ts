// Our own kernels in the browser, with relaxed SIMD where it has it, against TensorFlow.js in plain JavaScript.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Backend } from '../../src/inference/backend';
import { startBackend } from '../../src/inference/start-backend';
import type { ModelFiles } from '../../src/inference/types';
import { largestDifference } from '../fixtures/largest-difference';
import { blockGraph, fuzzedGraph, layerGraphs, plainGraph } from '../fixtures/random-graphs';
import { randomModel, randomPicture } from '../fixtures/random-model';
import { loadModel, modelNames, wasmPath } from './models';

const { signal } = new AbortController();
const tolerance = 1e-4;
let ours: Backend;
let reference: Backend;
beforeAll(async () => {
  ours = await startBackend('wasm', { wasmPath }, signal);
  reference = await startBackend('tfjs-cpu', { wasmPath }, signal);
});
afterAll(() => {
  ours.dispose();
  reference.dispose();
});

async function worstDifference(files: ModelFiles, width: number, height: number): Promise<number> {
  const [network, expectedOf] = [
    await ours.load(files, signal),
    await reference.load(files, signal),
  ];
  const picture = randomPicture(width, height);
  const expected = await expectedOf.run(picture, width, height, signal);
  const actual = await network.run(picture, width, height, signal);
  const worst = largestDifference(actual, expected);
  expectedOf.dispose();
  network.dispose();
  return worst;
}

test.each(modelNames)('%s', async (name) => {
  expect(await worstDifference(await loadModel(name), 53, 30)).toBeLessThan(tolerance);
});

test.each([
  ['tiny', plainGraph(16, 8, 2)],
  ['fast', blockGraph(32, 4, 4)],
  ['quality', plainGraph(64, 16, 2)],
])('the shape of the tier %s', async (_tier, files) => {
  expect(await worstDifference(files, 22, 17)).toBeLessThan(tolerance);
});

describe('each kind of layer', () => {
  test.each(Object.entries(layerGraphs))('%s', async (_name, write) => {
    expect(await worstDifference(randomModel('layers', 2, write), 13, 9)).toBeLessThan(tolerance);
  });
});

describe('graphs that nobody would draw', () => {
  test.each(Array.from({ length: 20 }, (_, i) => i + 100))('%i', async (seed) => {
    expect(await worstDifference(fuzzedGraph(seed), 19, 11)).toBeLessThan(tolerance);
  });
});

test('networks live side by side, and a result holds until the next run', async () => {
  const [a, b] = [
    await ours.load(plainGraph(8, 2, 2), signal),
    await ours.load(plainGraph(12, 2, 2), signal),
  ];
  const first = await a.run(randomPicture(9, 9, 1), 9, 9, signal);
  const kept = first.slice();
  await b.run(randomPicture(64, 64, 2), 64, 64, signal);
  expect(largestDifference(first, kept)).toBe(0);
  a.dispose();
  b.dispose();
});
