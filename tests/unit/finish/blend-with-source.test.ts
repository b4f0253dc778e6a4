import { expect, it } from 'vitest';
import { blendWithSource } from '../../../src/finish/blend-with-source';
import { picture } from './pictures';

const before = picture(2, 1, (x) => [x * 80, 40, 0, 255]);

it.each([
  [1, [200, 200, 200, 200], 100],
  [0, [0, 20, 60, 80], 0],
  [0.5, [100, 110, 130, 140], 50],
])('strength %d', (strength, reds, blue) => {
  const result = picture(4, 2, () => [200, 40, 100, 77]);
  blendWithSource(before, result, strength);
  const row = [...result.data.subarray(16)];
  expect(row.filter((_, i) => i % 4 === 0)).toEqual(reds);
  expect(row.slice(1, 4)).toEqual([40, blue, 77]);
});
