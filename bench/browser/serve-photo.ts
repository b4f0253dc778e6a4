// The picture of the pixel path, 512², as `photo.jpg` and, with a soft round hole around it, as `cut-out.png`.
import type { IncomingMessage, ServerResponse } from 'node:http';
import sharp from 'sharp';
import { masterOf } from '../../tests/fixtures/images/master';

const side = 512;

export async function servePhoto(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isCutOut = request.url === '/cut-out.png';
  const photo = sharp(await masterOf('fruit')).resize(side, side, { fit: 'cover' });
  const encoded = isCutOut
    ? photo
        .ensureAlpha()
        .composite([{ input: Buffer.from(mask), blend: 'dest-in' }])
        .png()
    : photo.jpeg({ quality: 85 });
  response.setHeader('Content-Type', isCutOut ? 'image/png' : 'image/jpeg');
  response.end(await encoded.toBuffer());
}

const mask = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">
  <circle cx="50%" cy="50%" r="40%" fill="white"/></svg>`;
