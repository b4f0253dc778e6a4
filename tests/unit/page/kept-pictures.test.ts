import { expect, test } from 'vitest';
import { createKeptPictures } from '../../../src/page/kept-pictures';

test('the longest away give theirs back first, and only as many as needed', () => {
  const given: string[] = [];
  const kept = createKeptPictures(100);
  const far = (id: string, pixels: number) => kept.far(id, pixels, () => given.push(id));
  far('a', 40);
  far('b', 40);
  far('c', 20);
  expect(given).toEqual([]);
  far('d', 10);
  expect(given).toEqual(['a']);
  kept.near('b');
  far('e', 70);
  expect(given).toEqual(['a']);
  far('c', 20);
  far('f', 10);
  // `c` went away anew, so `d` was the longest away.
  expect(given).toEqual(['a', 'd']);
  far('g', 1000);
  expect(given).toEqual(['a', 'd', 'e', 'c', 'f', 'g']);
});
