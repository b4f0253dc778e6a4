import { expect, test } from 'vitest';
import { readingOf, type Reading } from '../../../src/page/acquire';
import { isVectorUrl } from '../../../src/page/vector';

const page = 'https://shop.example';
const read = (init: RequestInit): Reading => ({ kind: 'read', init });
const leave: Reading = { kind: 'leave' };
const own = read({ mode: 'same-origin', credentials: 'same-origin' });

test.each<[string, string | null, string, Reading]>([
  ['https://shop.example/a.png', null, page, own],
  ['https://shop.example/a.png', 'use-credentials', page, own],
  ['http://shop.example/a.png', null, page, leave],
  ['https://shop.example:8443/a.png', null, page, leave],
  ['https://images.shop.example/a.png', null, page, leave],
  ['https://cdn.example/a.png', 'anonymous', page, read({ mode: 'cors', credentials: 'omit' })],
  ['https://cdn.example/a.png', '', page, read({ mode: 'cors', credentials: 'omit' })],
  [
    'https://cdn.example/a.png',
    'use-credentials',
    page,
    read({ mode: 'cors', credentials: 'include' }),
  ],
  ['data:image/png;base64,AA==', null, page, read({})],
  ['blob:https://shop.example/1', null, page, read({})],
  // A sandboxed frame: its origin is its own, whatever its address says.
  ['https://shop.example/a.png', null, 'null', leave],
])('%s with crossorigin %j on %s', (url, crossOrigin, origin, reading) => {
  expect(readingOf(url, crossOrigin, origin, 'https:')).toEqual(reading);
});

test.each(['file:///home/a.png', 'chrome-extension://id/a.png', 'ftp://a.example/a.png'])(
  '%s is said to be unreadable',
  (url) => {
    expect(readingOf(url, null, 'null', 'file:')).toMatchObject({ kind: 'fail' });
  },
);

test.each([
  ['https://a.example/a.svg', true],
  ['https://a.example/a.SVGZ?v=1', true],
  ['https://a.example/a.png?as=.svg', false],
  ['https://a.example/svg', false],
  ['data:image/svg+xml;utf8,<svg/>', true],
  ['data:image/png;base64,c3Zn', false],
  ['blob:https://a.example/1', false],
])('%s is a vector image: %s', (url, isVector) => {
  expect(isVectorUrl(url)).toBe(isVector);
});
