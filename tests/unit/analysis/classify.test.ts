// The rules by table, on pictures from seeds that measuring and fitting do not use. How often classes are
// told right at all is measured: docs/content-detection.md.
import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/analysis/classify';
import type { RgbaImage } from '../../../src/inference/types';
import { reasonToLeave } from '../../../src/service/content-policy';
import { pictureAt } from '../../corpus/serving/pictures';
import { barCode, pixelArt, qrCode, spriteSheet, tileMap } from '../../fixtures/content/codes';
import { crop } from '../../fixtures/content/photographs';
import { readImage } from '../../fixtures/content/labelled-set';
import { random } from '../../fixtures/content/random';
import { fixtureImage } from '../../fixtures/images/catalogue';
import { picture } from '../finish/pictures';

const turned = ({ width, height, data }: RgbaImage): RgbaImage =>
  picture(height, width, (x, y) => {
    const at = (x * width + y) * 4;
    const [r = 0, g = 0, b = 0, a = 0] = data.subarray(at, at + 4);
    return [r, g, b, a];
  });
const inverted = ({ width, height, data }: RgbaImage): RgbaImage => ({
  ...{ width, height },
  data: data.map((value, i) => (i % 4 === 3 ? value : 255 - value)),
});

describe('classify', () => {
  it.each([
    ['a QR code', 'code', qrCode(random(11))],
    ['a bar code', 'code', barCode(random(12))],
    ['a bar code on its side', 'code', turned(barCode(random(13)))],
    ['a sprite, enlarged', 'pixel-art', pixelArt(random(17))],
    ['a map of tiles', 'pixel-art', tileMap(random(15))],
    ['icons in rows', 'sprite-sheet', spriteSheet(random(16))],
  ] as const)('%s', (_name, expected, image) => {
    expect(classify(image)).toBe(expected);
  });

  it.each([
    [1, 1],
    [1, 40],
    [40, 1],
    [2, 2],
    [2000, 30],
  ])('ends on %i x %i', (width, height) => {
    expect(classify(picture(width, height, (x, y) => [x % 256, y % 256, 0, 255]))).toBeTypeOf(
      'string',
    );
  });

  it('leaves no photograph alone', async () => {
    for (let seed = 50; seed < 62; seed++) {
      const r = random(seed);
      const [width, height] = [r.whole(60, 300), r.whole(60, 300)];
      const rgb = await crop(['valley', 'city', 'bust'])(r, width, height);
      const image = picture(width, height, (x, y) => {
        const at = (y * width + x) * 3;
        return [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0, 255];
      });
      expect(reasonToLeave(classify(image), false), `seed ${seed}`).toBeNull();
      expect(reasonToLeave(classify(inverted(image)), false), `seed ${seed}`).toBeNull();
    }
  });
});

// Dark and smooth: a few colours, a level apart, on the grid of the codec.
it.each(['fruit-39-96x72.jpg', 'fruit-5-150x100.jpg', 'bust-5-48x48.jpg'])(
  'does not take the photograph %s for pixel art',
  async (name) => {
    const encoded = await pictureAt(name);
    if (!encoded) throw new Error(name);
    expect(classify(await readImage(encoded.body))).not.toBe('pixel-art');
  },
);

it.each(['bicycle.png', 'poster.png', 'leaf.png', 'pebbles-64.jpg', 'fruit.jpg'])(
  'does not leave %s alone',
  async (name) => {
    const encoded = await fixtureImage(name);
    if (!encoded) throw new Error(name);
    expect(reasonToLeave(classify(await readImage(encoded.body)), false)).toBeNull();
  },
);

it.each([
  ['photo', false, null],
  ['art', true, null],
  ['text', false, null],
  ['text', true, 'text'],
  ['code', false, 'code'],
  ['pixel-art', false, 'pixel-art'],
  ['sprite-sheet', true, 'sprite-sheet'],
] as const)('%s, leaving text %s: %s', (content, leaveText, reason) => {
  expect(reasonToLeave(content, leaveText)).toBe(reason);
});
