import { expect, test } from 'vitest';
import { findCandidate, parseSrcset, type Candidate } from '../../../src/page/srcset';

const density = (url: string, value: number): Candidate => ({
  kind: 'density',
  url,
  density: value,
});
const width = (url: string, value: number): Candidate => ({ kind: 'width', url, width: value });

test.each<[string, Candidate[]]>([
  ['', []],
  ['a.png', [density('a.png', 1)]],
  ['a.png 1x, b.png 2x', [density('a.png', 1), density('b.png', 2)]],
  ['a.png 1.5x', [density('a.png', 1.5)]],
  ['a.png 200w, b.png 320w', [width('a.png', 200), width('b.png', 320)]],
  ['a.png 200w 100h', [width('a.png', 200)]],
  ['  a.png\n 200w ,\n\tb.png 320w , ', [width('a.png', 200), width('b.png', 320)]],
  ['a.png, b.png 2x', [density('a.png', 1), density('b.png', 2)]],
  ['a,b.png 2x', [density('a,b.png', 2)]],
  ['data:image/png;base64,AA== 2x', [density('data:image/png;base64,AA==', 2)]],
  ['a.png nonsense, b.png 2x', [density('b.png', 2)]],
])('%j', (srcset, candidates) => {
  expect(parseSrcset(srcset)).toEqual(candidates);
});

test.each<[string, Candidate | null]>([
  ['https://shop.example/images/b.png', density('/images/b.png', 2)],
  ['https://shop.example/page/a.png', density('a.png', 1)],
  ['https://shop.example/c.png', null],
])('%s', (currentSrc, candidate) => {
  const srcset = 'http://[broken 3x, a.png, /images/b.png 2x';
  expect(findCandidate(srcset, currentSrc, 'https://shop.example/page/')).toEqual(candidate);
});
