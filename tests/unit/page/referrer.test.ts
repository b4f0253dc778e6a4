import { expect, test } from 'vitest';
import { namesOrigin, policyOfHeader } from '../../../src/page/referrer';

const secure = 'https://shop.example';
const plain = 'http://shop.example';

test.each([
  ['strict-origin-when-cross-origin', secure, 'https://cdn.example/a', true],
  ['strict-origin-when-cross-origin', secure, 'http://cdn.example/a', false],
  ['strict-origin-when-cross-origin', plain, 'http://cdn.example/a', true],
  ['strict-origin', secure, 'http://cdn.example/a', false],
  ['no-referrer-when-downgrade', secure, 'http://cdn.example/a', false],
  ['origin', secure, 'http://cdn.example/a', true],
  ['origin-when-cross-origin', secure, 'http://cdn.example/a', true],
  ['unsafe-url', secure, 'http://cdn.example/a', true],
  ['no-referrer', secure, 'https://cdn.example/a', false],
  ['same-origin', secure, 'https://cdn.example/a', false],
  ['same-origin', secure, 'https://shop.example/a', true],
  ['never', secure, 'https://cdn.example/a', false],
])('%s from %s to %s: %s', (policy, from, to, expected) => {
  expect(namesOrigin(policy, from, to)).toBe(expected);
});

test.each([
  ['no-referrer', 'no-referrer'],
  ['no-referrer, strict-origin', 'strict-origin'],
  ['Origin , unknown-policy', 'origin'],
  ['unknown', null],
  ['', null],
])('the header %j means %j', (header, policy) => {
  expect(policyOfHeader(header)).toBe(policy);
});
