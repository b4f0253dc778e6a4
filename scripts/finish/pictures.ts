// Large pictures and the small ones that pages have of them: the benchmark sets where `../shared/data` is, and
// pictures made by code.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { RgbaImage } from '../../src/inference/types';
import { readImage } from '../../tests/fixtures/content/labelled-set';
import { fixtureImage } from '../../tests/fixtures/images/catalogue';

export interface Pair {
  name: string;
  coding: 'clean' | 'web';
  source: RgbaImage;
  truth: RgbaImage;
}

const made = [
  'valley-640.jpg',
  'city-large.jpg',
  'fruit.jpg',
  'bust.webp',
  'bicycle.png',
  'leaf.png',
];

export async function* pairs(data: string, scale: number): AsyncGenerator<Pair> {
  for await (const { name, body } of largePictures(data)) {
    const { width: w = 0, height: h = 0, hasAlpha } = await sharp(body).metadata();
    const [width, height] = [Math.floor(w / scale) * scale, Math.floor(h / scale) * scale];
    const large = await sharp(body).extract({ left: 0, top: 0, width, height }).png().toBuffer();
    const truth = await readImage(large);
    const half = { width: width / scale, height: height / scale, kernel: 'cubic' } as const;
    const small = await sharp(large).resize(half).png().toBuffer();
    yield { name, coding: 'clean', source: await readImage(small), truth };
    // JPEG has no alpha.
    if (hasAlpha) continue;
    const web = await sharp(small)
      .jpeg({ quality: 50 + ((name.length * 37) % 41) })
      .toBuffer();
    yield { name, coding: 'web', source: await readImage(web), truth };
  }
}

async function* largePictures(data: string) {
  for (const set of ['Set5', 'Set14', 'BSD100']) {
    const folder = join(data, 'bench', set);
    const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.png'));
    for (const [i, name] of files.sort().entries()) {
      if (set === 'BSD100' && i % 6 !== 0) continue;
      yield { name, body: await readFile(join(folder, name)) };
    }
  }
  for (const name of made) {
    const image = await fixtureImage(name);
    if (image) yield { name, body: image.body };
  }
}
