import { expect, test } from 'vitest';
import { imagePart } from '../../../src/page/image-styles';

test.each([
  ['', ''],
  ['transform: scale(2); opacity: 0.5', ''],
  ['background-position: 1px 2px', ''],
  ['background-image: url("a")', 'background-image: url("a")'],
  ['color: red; background: url(a) 0 0; top: 1px', '; background: url(a) 0 0'],
  ['--hero: url(a); left: 2px', '--hero: url(a)'],
  ['border-image-source: url(a)', 'border-image-source: url(a)'],
])('of %j', (style, part) => {
  expect(imagePart(style)).toBe(part);
});
