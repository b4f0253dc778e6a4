import { expect, test } from 'vitest';
import type { Candidate } from '../../../src/page/srcset';
import { planSwap } from '../../../src/page/swap-plan';

test.each<[string, number, 2 | 4, Candidate | null, ReturnType<typeof planSwap>]>([
  ['src alone', 640, 2, null, { srcset: 'blob:u 640w', sizes: '320px' }],
  ['x4', 1280, 4, null, { srcset: 'blob:u 1280w', sizes: '320px' }],
  [
    'a density: the natural size is half of the pixels',
    640,
    2,
    { kind: 'density', density: 2, url: 'a' },
    { srcset: 'blob:u 640w', sizes: '160px' },
  ],
  [
    'a density that gives fractions',
    400,
    2,
    { kind: 'density', density: 1.6, url: 'a' },
    { srcset: 'blob:u 400w', sizes: '125px' },
  ],
  [
    'a width: the page’s own sizes go on',
    640,
    2,
    { kind: 'width', width: 320, url: 'a' },
    { srcset: 'blob:u 640w', sizes: null },
  ],
  [
    'a width that is not true stays as untrue',
    640,
    2,
    { kind: 'width', width: 500, url: 'a' },
    { srcset: 'blob:u 1000w', sizes: null },
  ],
])('%s', (_name, width, scale, replaced, plan) => {
  expect(planSwap('blob:u', width, scale, replaced)).toEqual(plan);
});
