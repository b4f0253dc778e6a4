// The toolbar icon in the sizes that browsers ask for: `npx tsx scripts/icons.ts` after a change of the drawing.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';

const drawing = resolve(import.meta.dirname, '../assets/icon.svg');
const folder = resolve(import.meta.dirname, '../public/icon');
/** Units of the drawing. */
const side = 32;
const sizes = [16, 32, 48, 96, 128];

mkdirSync(folder, { recursive: true });
for (const size of sizes) {
  // Rasterised at the very size, so that the pixels of the drawing fall on pixels.
  await sharp(drawing, { density: (72 * size) / side })
    .resize(size, size)
    .png()
    .toFile(join(folder, `${size}.png`));
}
