// Crops side by side: as the browser shows the original, bicubic, and Upres; a row for each upscaled image.
import sharp from 'sharp';
import type { ImageReport } from '../../src/messages';
import { exhibitOf } from './report';
import type { ShownImage } from './shown-images';

/** Device pixels of the page in one crop, and how large each of them is drawn. */
const crop = { width: 220, height: 150 };
const zoom = 2;
const cell = { width: crop.width * zoom, height: crop.height * zoom };
const gap = 12;
const captionHeight = 34;
const headHeight = 44;
const maxRows = 24;

export async function contactSheet(
  before: Buffer,
  after: Buffer,
  shown: ShownImage[],
  reports: ImageReport[],
): Promise<Buffer> {
  const upscaled = new Map(
    reports.filter(({ state }) => state.kind === 'upscaled').map((report) => [report.url, report]),
  );
  const { width: pageWidth = 0, height: pageHeight = 0 } = await sharp(before).metadata();
  const rows = shown
    .filter((image) => upscaled.has(image.url.slice(0, 200)))
    .filter((image) => image.y + image.height <= pageHeight && image.x + image.width <= pageWidth)
    .slice(0, maxRows);
  const width = gap + 3 * (cell.width + gap);
  const rowHeight = captionHeight + cell.height + gap;
  const layers = [{ input: caption(width, headHeight, columns), left: 0, top: 0 }];
  for (const [index, image] of rows.entries()) {
    const top = headHeight + index * rowHeight;
    const report = upscaled.get(image.url.slice(0, 200));
    const title = [{ x: gap, text: report ? titleOf(report, image) : image.url }];
    layers.push({ input: caption(width, captionHeight, title), left: 0, top });
    const cells = await Promise.all([
      enlarged(before, cropOf(image), image),
      bicubic(image),
      enlarged(after, cropOf(image), image),
    ]);
    for (const [column, input] of cells.entries()) {
      if (input) {
        layers.push({ input, left: gap + column * (cell.width + gap), top: top + captionHeight });
      }
    }
  }
  const height = headHeight + Math.max(1, rows.length) * rowHeight;
  return sharp({ create: { width, height, channels: 3, background: '#f4f2ee' } })
    .composite(layers)
    .png({ compressionLevel: 9 })
    .toBuffer();
}

interface Text {
  x: number;
  text: string;
}

const columns: Text[] = ['Original, as the browser shows it', 'Bicubic', 'Upres'].map(
  (text, i) => ({ x: gap + i * (cell.width + gap), text }),
);

function caption(width: number, height: number, texts: Text[]): Buffer {
  const lines = texts.map(
    ({ x, text }) => `<text x="${x}" y="${height - 10}">${text.replace(/[<&]/g, '')}</text>`,
  );
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" fill="#26292c"
      font-family="'Liberation Sans','DejaVu Sans',Arial,sans-serif" font-size="17">${lines.join('')}</svg>`,
  );
}

function titleOf(report: ImageReport, image: ShownImage): string {
  const { naturalWidth, naturalHeight, state } = report;
  const name = exhibitOf(report.url)?.name ?? report.url.split('/').pop();
  const how = state.kind === 'upscaled' ? `, x${state.scale}, ${Math.round(state.ms)} ms` : '';
  return `${name}: ${naturalWidth}x${naturalHeight} shown at ${image.width}x${image.height}${how}`;
}

/** The part of the image around its focus, relative to the image. */
function cropOf({ url, width, height }: ShownImage) {
  const [fx, fy] = exhibitOf(url)?.focus ?? [0.5, 0.5];
  const size = { width: Math.min(crop.width, width), height: Math.min(crop.height, height) };
  const place = (at: number, length: number, part: number) =>
    Math.round(Math.min(Math.max(at * length - part / 2, 0), length - part));
  return { left: place(fx, width, size.width), top: place(fy, height, size.height), ...size };
}

type Crop = ReturnType<typeof cropOf>;

/** From a screenshot, or from a picture of the image alone (`at` the origin). */
async function enlarged(picture: Buffer, part: Crop, at: { x: number; y: number }) {
  return sharp(picture)
    .extract({ ...part, left: at.x + part.left, top: at.y + part.top })
    .resize({ width: part.width * zoom, height: part.height * zoom, kernel: 'nearest' })
    .png()
    .toBuffer();
}

/** The source resized by Catmull-Rom, or null where its bytes can't be had again. */
async function bicubic(image: ShownImage): Promise<Buffer | null> {
  try {
    const response = await fetch(image.url);
    const resized = await sharp(Buffer.from(await response.arrayBuffer()))
      .resize({ width: image.width, height: image.height, fit: 'fill', kernel: 'cubic' })
      .png()
      .toBuffer();
    return await enlarged(resized, cropOf(image), { x: 0, y: 0 });
  } catch {
    return null;
  }
}
