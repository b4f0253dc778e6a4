// Decoding needs the browser's Float16Array.
import { describe, expect, test } from 'vitest';
import { decodeModel } from '../../src/inference/model-files';

const float16 = { dtype: 'float16', original_dtype: 'float32' };
const weight = (name: string, shape: number[], quantization?: object, dtype = 'float32') => ({
  name,
  shape,
  dtype,
  ...(quantization && { quantization }),
});

const decode = (weights: object[], weightsBin: ArrayBuffer, format = 'layers-model') =>
  decodeModel({
    modelJson: JSON.stringify({
      format,
      modelTopology: { model_config: {} },
      weightsManifest: [{ paths: ['weights.bin'], weights }],
    }),
    weightsBin,
    card: '{"name":"some"}',
    golden: new ArrayBuffer(3),
  });

describe('decodeModel', () => {
  test('reads float16 and float32 one after the other, aligned or not', () => {
    const bin = new Uint8Array([
      ...new Uint8Array(new Uint16Array([0x3c00, 0xc000, 0x3555]).buffer),
      ...new Uint8Array(new Float32Array([0.1, -7]).buffer),
    ]);
    const { weights, card, golden } = decode(
      [weight('half', [3, 1], float16), weight('full', [2])],
      bin.buffer,
    );
    expect(weights).toEqual({
      half: { shape: [3, 1], values: new Float32Array([1, -2, 0.333251953125]) },
      full: { shape: [2], values: new Float32Array([0.1, -7]) },
    });
    expect([card.name, golden.length]).toEqual(['some', 3]);
  });

  test.each<[why: string, weights: object[], bytes: number, format: string, error: string]>([
    ['too few bytes', [weight('w', [4], float16)], 6, 'layers-model', 'ends before w'],
    ['too many bytes', [weight('w', [4], float16)], 10, 'layers-model', '2 bytes too many'],
    ['8 bits', [weight('w', [4], { dtype: 'uint8' })], 4, 'layers-model', 'stored as uint8'],
    ['integers', [weight('w', [4], undefined, 'int32')], 16, 'layers-model', 'w is int32'],
    ['another format', [], 0, 'graph-model', 'not of the TensorFlow.js layers format'],
  ])('refuses %s', (_why, weights, bytes, format, error) => {
    expect(() => decode(weights, new ArrayBuffer(bytes), format)).toThrow(error);
  });
});
