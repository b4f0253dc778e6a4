// Our GPU kernels against tfjs on the CPU: every kind of layer, many widths, odd sizes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomNumbers } from '../../bench/graphs/random-weights';
import type { Backend, Network } from '../../src/inference/backend';
import { planNetwork } from '../../src/inference/gpu/network-plan';
import { startBackend } from '../../src/inference/start-backend';
import type { ModelFiles } from '../../src/inference/types';
import { WebGlDevice } from '../../src/inference/webgl/device';
import { WebGlNetwork } from '../../src/inference/webgl/network';
import { WebGpuDevice } from '../../src/inference/webgpu/device';
import { WebGpuNetwork } from '../../src/inference/webgpu/network';
import { wasmPath } from './models';
import { randomGraph } from './random-graph';

const { signal } = new AbortController();
const sizes: [width: number, height: number][] = [
  [16, 12],
  [1, 1],
  [13, 7],
  [3, 17],
];

let reference: Backend;
let webgl: WebGlDevice;
let webgpu: WebGpuDevice;
beforeAll(async () => {
  reference = await startBackend('tfjs-cpu', { wasmPath }, signal);
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl?.getExtension('EXT_color_buffer_float')) throw new Error('no WebGL2 with floats here');
  webgl = new WebGlDevice(gl);
  webgpu = await WebGpuDevice.start(true, signal);
});
afterAll(() => {
  reference.dispose();
  webgl.dispose();
  webgpu.dispose();
});

const halfLevel = 0.5 / 255;
const kinds: [string, number, (files: ModelFiles) => Network | Promise<Network>][] = [
  [
    'WebGL, float32',
    1e-4,
    (files) => new WebGlNetwork(webgl, planNetwork(files), files, 'RGBA32F'),
  ],
  [
    'WebGL, float16',
    halfLevel,
    (files) => new WebGlNetwork(webgl, planNetwork(files), files, 'RGBA16F'),
  ],
  [
    'WebGPU, float32',
    1e-4,
    (files) => WebGpuNetwork.compile(webgpu, planNetwork(files), files, 'f32'),
  ],
];

describe.each(Array.from({ length: 16 }, (_, seed) => seed))('graph %i', (seed) => {
  test.each(kinds)('%s', async (_kind, tolerance, load) => {
    const files = randomGraph(seed);
    const wanted = await reference.load(files, signal);
    const network = await load(files);
    const random = randomNumbers(seed);
    for (const [width, height] of sizes) {
      const input = Float32Array.from({ length: width * height * 3 }, () => (random() + 1) / 2);
      const expected = await wanted.run(input, width, height, signal);
      const actual = await network.run(input, width, height, signal);
      expect(actual.length).toBe(expected.length);
      expect(worstDifference(actual, expected)).toBeLessThanOrEqual(tolerance);
    }
    network.dispose();
    wanted.dispose();
  });
});

/** In parts of the largest value, which made-up weights may let grow past 1. */
function worstDifference(actual: Float32Array, expected: Float32Array): number {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const differences = expected.map((value, i) => Math.abs(value - (actual[i] ?? NaN)));
  return differences.reduce((most, value) => Math.max(most, value), 0) / largest;
}
