import { expect, test } from 'vitest';
import { trendOf } from '../../corpus/soak/trend';

const at = (values: number[]) => values.map((value, index) => ({ minutes: index * 6, value }));

test.each([
  { name: 'flat', values: [5, 5, 5, 5], perHour: 0 },
  { name: 'growing', values: [1, 2, 3, 4], perHour: 10 },
  { name: 'one odd sample', values: [5, 5, 90, 5, 5, 5], perHour: 0 },
  { name: 'none', values: [], perHour: 0 },
])('$name: $perHour an hour', ({ values, perHour }) => {
  expect(trendOf(at(values)).perHour).toBeCloseTo(perHour);
});
