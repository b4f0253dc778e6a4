import { describe, expect, test } from 'vitest';
import { cssPicture, findCssImages, replaceCssImage } from '../../../src/page/css/images';

const a = 'https://a.example/a.png';
const b = 'https://a.example/b,(1).png';

describe('findCssImages', () => {
  test.each<[string, string, [url: string, density: number, item: number][]]>([
    ['none', 'none', []],
    ['one', `url("${a}")`, [[a, 1, 0]]],
    ['brackets and commas in the address', `url("${b}")`, [[b, 1, 0]]],
    ['an escaped quote', 'url("https://a.example/\\"x.png")', [['https://a.example/"x.png', 1, 0]]],
    [
      'layers',
      `url("${a}"), none, url("${b}")`,
      [
        [a, 1, 0],
        [b, 1, 2],
      ],
    ],
    ['behind a gradient', `linear-gradient(rgba(0, 0, 0, 0.5), red), url("${a}")`, [[a, 1, 1]]],
    ['of the browser itself', 'url("chrome://global/skin/media/imagedoc-darknoise.png")', []],
    ['inside of another function', `cross-fade(url("${a}"), url("${b}"))`, []],
    ['content with an alternative', `url("${a}") / "url(x)"`, [[a, 1, 0]]],
    ['content in words', `"(" url("${a}") ")"`, [[a, 1, 0]]],
    [
      'a set: enough for the screen',
      `image-set(url("${a}") 1dppx, url("${b}") 2dppx)`,
      [[b, 2, 0]],
    ],
    ['a set: not enough', `image-set(url("${a}") 1dppx, url("${b}") 1.5dppx)`, [[b, 1.5, 0]]],
    ['a set: more than enough', `image-set(url("${a}") 4dppx, url("${b}") 3dppx)`, [[b, 3, 0]]],
    ['a set in dpi', `image-set(url("${a}") 192dpi)`, [[a, 2, 0]]],
    [
      'a set of types',
      `image-set(url("${a}") 2dppx type("image/png"), url("${b}") 2dppx type("image/x"))`,
      [[a, 2, 0]],
    ],
    ['a set of gradients', 'image-set(linear-gradient(red, blue) 1dppx)', []],
    ['the old name', `-webkit-image-set(url("${a}") 2x)`, [[a, 2, 0]]],
  ])('%s', (_name, value, images) => {
    expect(findCssImages(value, 2).map(({ url, density, item }) => [url, density, item])).toEqual(
      images,
    );
  });
});

test.each([
  [
    'the second layer',
    `linear-gradient(red, blue), url("${a}"), url("${b}")`,
    1,
    `linear-gradient(red, blue), url("${a}"), image-set(url("blob:x") 4x)`,
  ],
  [
    'a set, and what is behind it',
    `image-set(url("${a}") 1dppx) / "words"`,
    0,
    'image-set(url("blob:x") 4x) / "words"',
  ],
  ['one that is not there', `url("${a}")`, 1, `url("${a}")`],
  [
    'one that was replaced before',
    'image-set(url("blob:w") 2dppx), none',
    0,
    'image-set(url("blob:x") 4x), none',
  ],
])('replaces %s', (_name, value, index, result) => {
  expect(replaceCssImage(value, 2, index, cssPicture('blob:x', 4))).toBe(result);
});
