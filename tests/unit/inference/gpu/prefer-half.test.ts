import { expect, test } from 'vitest';
import type { Network } from '../../../../src/inference/backend';
import { preferHalf } from '../../../../src/inference/gpu/prefer-half';
import type { ModelFiles } from '../../../../src/inference/types';

/** One grey pixel that becomes four. */
const files = {
  card: { receptiveField: 0, scale: 2, golden: { input: [1, 1, 3], output: [2, 2, 3] } },
  golden: new Uint8Array(15).fill(100),
} as unknown as ModelFiles;

/** Makes grey of this level, or fails. */
class GreyNetwork implements Network {
  isDisposed = false;
  constructor(readonly level: number | null) {}
  async run() {
    if (this.level === null) throw new Error('not on this driver');
    return new Float32Array(12).fill(this.level / 255);
  }
  dispose() {
    this.isDisposed = true;
  }
}

test.each([
  ['exact', 100, 'half'],
  ['a level off', 101, 'half'],
  ['two levels off', 102, 'full'],
  ['no numbers', NaN, 'full'],
  ['that does not run', null, 'full'],
])('float16 that is %s', async (_what, level, expected) => {
  const networks = { half: new GreyNetwork(level), full: new GreyNetwork(100) };
  const { signal } = new AbortController();
  const chosen = await preferHalf(files, (precision) => networks[precision], signal);
  expect(chosen).toBe(networks[expected as 'half' | 'full']);
  expect(networks.half.isDisposed).toBe(expected === 'full');
});

test('float16 that cannot be loaded', async () => {
  const full = new GreyNetwork(100);
  const load = (precision: 'half' | 'full') => {
    if (precision === 'half') throw new Error('does not compile');
    return full;
  };
  expect(await preferHalf(files, load, new AbortController().signal)).toBe(full);
});

test('an abort is no failure of float16', async () => {
  const signal = AbortSignal.abort(new Error('over'));
  const load = () => Promise.reject(new Error('late'));
  await expect(preferHalf(files, load, signal)).rejects.toThrow('over');
});
