// Real images, where `../shared/data` has them: their file names say what they show.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { readImage, type Labelled } from '../../tests/fixtures/content/labelled-set';
import { random } from '../../tests/fixtures/content/random';

const labels = { photo: 'photo', art: 'art', ui: 'text' } as const;

/** Each once, scaled to a width that pages use and compressed as they do. Nothing where the folder is missing. */
export async function* realImages(root: string): AsyncGenerator<Labelled> {
  for (const [set, folders] of [
    ['train', await list(join(root, 'train'))],
    ['bench', await list(join(root, 'bench'))],
  ] as const) {
    for (const folder of folders) {
      const files = await list(join(root, set, folder));
      for (const [i, file] of files.entries()) {
        if (!/\.(webp|png)$/.test(file)) continue;
        const kind = set === 'bench' ? 'photo' : file.split('_')[0];
        const label = labels[kind as keyof typeof labels];
        const r = random(i * 7919 + file.length);
        const small = sharp(await readFile(join(root, set, folder, file)))
          .resize({ width: r.whole(120, 480), withoutEnlargement: true })
          .flatten();
        const isPng = label !== 'photo' && r.next() < 0.3;
        const encoded = isPng ? small.png() : small.jpeg({ quality: r.whole(55, 92) });
        yield {
          label,
          name: `${set}/${folder}/${file}`,
          image: await readImage(await encoded.toBuffer()),
        };
      }
    }
  }
}

const list = async (folder: string) => (await readdir(folder).catch(() => [])).sort();
