import { describe, expect, test } from 'vitest';
import { splitGroups } from '../../../../src/inference/gpu/network-plan';
import { packPass } from '../../../../src/inference/gpu/pack-weights';
import type { Pass } from '../../../../src/inference/gpu/passes';
import { toFloat16 } from '../../../../src/inference/webgpu/float16';

const pass: Pass = {
  output: 'a',
  convs: [{ input: 'input', kernel: 'kernel' }],
  biases: ['bias'],
  before: [],
  slopes: 'slopes',
  after: [],
};
/** Each weight tells its place: tap · 1000 + input · 100 + output. */
const numbered = (side: number, inputs: number, outputs: number) => {
  const length = side * side * inputs * outputs;
  const values = Float32Array.from({ length }, (_, i) => {
    const [output, input] = [i % outputs, Math.floor(i / outputs) % inputs];
    return Math.floor(i / outputs / inputs) * 1000 + input * 100 + output;
  });
  const row = (add: number) => Float32Array.from({ length: outputs }, (_, i) => i + add);
  return {
    kernel: { shape: [side, side, inputs, outputs], values },
    bias: { shape: [outputs], values: row(0.25) },
    slopes: { shape: [1, 1, outputs], values: row(0.5) },
  };
};

describe('packPass', () => {
  test('blocks in the order of input group, tap, output group', () => {
    const { convs, blocks } = packPass(pass, numbered(3, 7, 10), 1, 2);
    expect(convs).toEqual([{ side: 3, inputGroups: 2 }]);
    const block = (group: number, tap: number, output: number) =>
      [...blocks].slice(((group * 9 + tap) * 2 + output) * 16).slice(0, 16);
    // Output channels 4 to 7, by the input channels 0 to 3.
    expect(block(0, 5, 0).slice(0, 8)).toEqual([5004, 5005, 5006, 5007, 5104, 5105, 5106, 5107]);
    // Channels 8 and 9 are the last; so is input channel 6.
    expect(block(1, 8, 1)).toEqual([
      ...[8408, 8409, 0, 0, 8508, 8509, 0, 0],
      ...[8608, 8609, 0, 0, 0, 0, 0, 0],
    ]);
  });

  test('biases and slopes, filled up with zeros', () => {
    const { vectors } = packPass(pass, numbered(1, 4, 6), 1, 1);
    expect([...vectors]).toEqual([4.25, 5.25, 0, 0, 4.5, 5.5, 0, 0]);
  });

  test.each([
    [[3, 1, 4, 4], 'no square convolution'],
    [[2, 2, 4, 4], 'no square convolution'],
  ])('refuses a kernel %j', (shape, error) => {
    const weights = { ...numbered(1, 4, 4), kernel: { shape, values: new Float32Array(64) } };
    expect(() => packPass(pass, weights, 0, 1)).toThrow(error);
  });
});

describe('splitGroups', () => {
  test.each([
    [16, 1000, 65536, 4, [4]],
    [12, 1000, 65536, 2, [2, 1]],
    [64, 9216, 65536, 8, [6, 5, 5]],
    [5, 1000, 65536, 4, [2]],
    [48, 1000, 2500, 8, [2, 2, 2, 2, 2, 2]],
  ])('%i channels of %i bytes a group', (channels, bytes, blockBytes, most, counts) => {
    const parts = splitGroups(channels, bytes, { blockBytes, most });
    expect(parts.map(({ count }) => count)).toEqual(counts);
    expect(parts.map(({ first }) => first)).toEqual(
      counts.map((_, i) => counts.slice(0, i).reduce((sum, count) => sum + count, 0)),
    );
  });

  test('refuses weights that do not fit', () => {
    expect(() => splitGroups(4, 1000, { blockBytes: 999, most: 4 })).toThrow('do not fit');
  });
});

describe('toFloat16', () => {
  test.each([
    [0, 0],
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [70000, 0x7c00],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [2 ** -26, 0],
    [0.1, 0x2e66],
    // Rounds up into the next power of two.
    [1.9998, 0x4000],
    [-(2 ** -14 - 2 ** -26), 0x8400],
  ])('%d', (value, bits) => {
    expect(toFloat16(Float32Array.of(value))[0]).toBe(bits);
  });
});
