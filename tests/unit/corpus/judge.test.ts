import { expect, test } from 'vitest';
import { isFulfilled, judge } from '../../corpus/judge';
import type { Expectation, Outcome } from '../../corpus/site';

const photos: Expectation = { what: 'photos', url: /\/photos\//, count: 2, outcome: 'upscaled' };
const icons: Expectation = { what: 'icons', url: /\/icons\//, count: 1, outcome: 'too-small' };

const cases: {
  name: string;
  seen: [string, Outcome][];
  fulfilled: boolean[];
  missing: number[];
}[] = [
  {
    name: 'all as expected',
    seen: [
      ['/photos/1', 'upscaled'],
      ['/photos/2', 'upscaled'],
      ['/icons/1', 'too-small'],
    ],
    fulfilled: [true, true],
    missing: [0, 0],
  },
  {
    name: 'one never seen',
    seen: [
      ['/photos/1', 'upscaled'],
      ['/icons/1', 'too-small'],
    ],
    fulfilled: [false, true],
    missing: [1, 0],
  },
  {
    name: 'one left alone, one upscaled that should not be',
    seen: [
      ['/photos/1', 'upscaled'],
      ['/photos/2', 'fetch-failed'],
      ['/icons/1', 'upscaled'],
    ],
    fulfilled: [false, false],
    missing: [1, 1],
  },
  {
    name: 'an image that nobody expected',
    seen: [
      ['/photos/1', 'upscaled'],
      ['/photos/2', 'upscaled'],
      ['/icons/1', 'too-small'],
      ['/else', 'sharp-enough'],
    ],
    fulfilled: [true, true, false],
    missing: [0, 0, 0],
  },
];

for (const { name, seen, fulfilled, missing } of cases) {
  test(name, () => {
    const verdicts = judge([photos, icons], new Map(seen), 'chromium');
    expect(verdicts.map(isFulfilled)).toEqual(fulfilled);
    expect(verdicts.map((verdict) => verdict.missing)).toEqual(missing);
  });
}
