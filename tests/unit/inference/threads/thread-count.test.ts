import { expect, it } from 'vitest';
import { threadCount } from '../../../../src/inference/threads/thread-count';

it.each<['auto' | number, number, number]>([
  ['auto', 1, 1],
  ['auto', 2, 2],
  ['auto', 3, 2],
  ['auto', 4, 3],
  ['auto', 32, 8],
  [1, 8, 1],
  [2, 8, 2],
  [7, 8, 7],
  [16, 8, 7],
  [12, 32, 12],
  [4, 2, 2],
  [0, 4, 1],
])('%s on %i cores: %i', (setting, cores, expected) => {
  expect(threadCount(setting, cores)).toBe(expected);
});
