// The written kernels against TensorFlow.js in plain JavaScript. Here without relaxed SIMD, which Node 20 lacks;
// with it in the browser tests.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Backend } from '../../../../src/inference/backend';
import { startTfjs } from '../../../../src/inference/backends/tfjs';
import type { ModelFiles } from '../../../../src/inference/types';
import { plainMultiplyAdd } from '../../../../src/inference/wasm/instructions';
import { WasmNetwork } from '../../../../src/inference/wasm/wasm-network';
import { blockGraph, fuzzedGraph, layerGraphs, plainGraph } from '../../../fixtures/random-graphs';
import { randomModel, randomPicture } from '../../../fixtures/random-model';
import { largestDifference } from '../../../fixtures/largest-difference';

const { signal } = new AbortController();
const tolerance = 1e-4;
let reference: Backend;
beforeAll(async () => {
  reference = await startTfjs('tfjs-cpu')({ wasmPath: '' }, signal);
});
afterAll(() => reference.dispose());

async function worstDifference(files: ModelFiles, sizes: [number, number][]): Promise<number> {
  const ours = await WasmNetwork.compile(files, plainMultiplyAdd);
  const theirs = await reference.load(files, signal);
  let worst = 0;
  for (const [width, height] of sizes) {
    const picture = randomPicture(width, height);
    const expected = await theirs.run(picture, width, height, signal);
    const actual = await ours.run(picture, width, height, signal);
    worst = Math.max(worst, largestDifference(actual, expected));
  }
  theirs.dispose();
  ours.dispose();
  return worst;
}

describe('each kind of layer', () => {
  test.each(Object.entries(layerGraphs))('%s', async (_name, write) => {
    const files = randomModel('layers', 2, write);
    expect(await worstDifference(files, [[13, 9]])).toBeLessThan(tolerance);
  });
});

describe('channels', () => {
  test.each([4, 5, 7, 8, 12, 16, 20, 24, 32, 48, 64])('%i', async (channels) => {
    const files = plainGraph(channels, 2, 2);
    expect(await worstDifference(files, [[27, 10]])).toBeLessThan(tolerance);
  });
});

describe('sizes, one after the other in the same memory', () => {
  const sizes: [number, number][] = [1, 2, 3, 4, 5, 6, 7, 8, 25, 49].flatMap((width) => [
    [width, 5],
    [width, 4],
    [7, width],
  ]);
  test('of a deep and narrow network', async () => {
    expect(await worstDifference(plainGraph(8, 4, 2), sizes)).toBeLessThan(tolerance);
  });
  test('of a network without base', async () => {
    const files = randomModel('tail', 2, (g) => g.conv(g.prelu(g.conv(g.input, 12)), 12));
    expect(await worstDifference(files, sizes)).toBeLessThan(tolerance);
  });
});

describe('inside a halo', () => {
  const graphs = {
    plain: plainGraph(16, 4, 2),
    'with skips and a 1x1': blockGraph(8, 1, 4),
    'ending in a direct sum': randomModel('end', 2, (g) =>
      g.conv(g.conv(g.input, 8), 12, { side: 1 }),
    ),
  };
  const sizes = [
    [21, 22, 7],
    [30, 25, 3],
    [24, 24, 1],
    [19, 23, 9],
  ] as const;
  test.each(Object.entries(graphs))('the core is right: %s', async (_name, files) => {
    const ours = await WasmNetwork.compile(files, plainMultiplyAdd);
    const theirs = await reference.load(files, signal);
    for (const [width, height, halo] of sizes) {
      const picture = randomPicture(width, height);
      const actual = await ours.run(picture, width, height, signal, halo);
      const expected = await theirs.run(picture, width, height, signal);
      const core = (values: Float32Array) => coreOf(values, width, height, halo);
      expect(largestDifference(core(actual), core(expected))).toBeLessThan(tolerance);
    }
    theirs.dispose();
    ours.dispose();
  });

  test('it may not fill the tile', async () => {
    const network = await WasmNetwork.compile(graphs.plain, plainMultiplyAdd);
    await expect(network.run(randomPicture(8, 9), 8, 9, signal, 4)).rejects.toThrow('nothing');
  });
});

describe('graphs that nobody would draw', () => {
  test.each(Array.from({ length: 24 }, (_, i) => i + 1))('%i', async (seed) => {
    const size: [number, number] = [1 + ((seed * 7) % 31), 1 + ((seed * 11) % 17)];
    expect(await worstDifference(fuzzedGraph(seed), [size])).toBeLessThan(tolerance);
  });
});

test('refuses what it cannot run', async () => {
  const wide = randomModel('wide', 2, (g) => g.conv(g.input, 16));
  await expect(WasmNetwork.compile(wide, plainMultiplyAdd)).rejects.toThrow('ends in 16 channels');
  const model = plainGraph(8, 1, 2);
  delete model.weights['layer1/kernel'];
  await expect(WasmNetwork.compile(model, plainMultiplyAdd)).rejects.toThrow('no weight');
});

test('a disposed network runs no more, and an aborted run does not begin', async () => {
  const network = await WasmNetwork.compile(plainGraph(8, 1, 2), plainMultiplyAdd);
  const picture = randomPicture(4, 4);
  await expect(network.run(picture, 4, 4, AbortSignal.abort())).rejects.toThrow('aborted');
  network.dispose();
  await expect(network.run(picture, 4, 4, signal)).rejects.toThrow('disposed');
});

/** Of [height, width, channels]. */
function coreOf(values: Float32Array, width: number, height: number, halo: number): Float32Array {
  const channels = values.length / (width * height);
  const rows = Array.from({ length: height - 2 * halo }, (_, y) => {
    const start = ((y + halo) * width + halo) * channels;
    return [...values.subarray(start, start + (width - 2 * halo) * channels)];
  });
  return Float32Array.from(rows.flat());
}
