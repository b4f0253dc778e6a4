// Every picture of the corpus by its name: `valley-7-320x200.jpg` is the seventh cut-out of that scene, so a site can
// have thousands of different ones.
import sharp, { type Sharp } from 'sharp';
import { fixtureImage, type EncodedImage } from '../../fixtures/images/catalogue';
import { badImage } from '../../fixtures/images/bad';
import { masterOf, type SceneName } from '../../fixtures/images/master';
import { hash } from '../../fixtures/images/noise';

const name = /^(bust|city|fruit|pebbles|valley)-(\d+)-(\d+)x(\d+)\.(jpg|webp|avif|png)$/;

const encode: Record<string, (picture: Sharp) => Sharp> = {
  jpg: (picture) => picture.jpeg({ quality: 82 }),
  webp: (picture) => picture.webp({ quality: 80 }),
  avif: (picture) => picture.avif({ quality: 55, effort: 2 }),
  png: (picture) => picture.png(),
};
const mediaType: Record<string, string> = {
  jpg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  png: 'image/png',
};

export async function pictureAt(path: string): Promise<EncodedImage | undefined> {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const [, scene, index, width, height, format] = name.exec(file) ?? [];
  if (!scene || !format) return (await fixtureImage(file)) ?? badImage(file);
  const cut = cutOut(
    await sceneOf(scene as SceneName),
    Number(index),
    Number(width),
    Number(height),
  );
  const body = await encode[format]?.(cut).toBuffer();
  return body && { type: mediaType[format] ?? '', body };
}

interface Pixels {
  data: Buffer;
  width: number;
  height: number;
}

/** Somewhere in the scene, one to two times as large as it is wanted, then scaled down as an editor would. */
function cutOut({ data, ...scene }: Pixels, index: number, width: number, height: number): Sharp {
  const zoom = Math.min(1 + hash(index, 3), scene.width / width, scene.height / height);
  const size = { width: Math.floor(width * zoom), height: Math.floor(height * zoom) };
  const left = Math.floor(hash(index, 1) * (scene.width - size.width));
  const top = Math.floor(hash(index, 2) * (scene.height - size.height));
  return sharp(data, { raw: { ...scene, channels: 3 } })
    .extract({ left, top, ...size })
    .resize({ width, height, fit: 'fill', kernel: 'lanczos3' });
}

const decoded = new Map<SceneName, Promise<Pixels>>();

/** Decoded once: a page of thumbnails asks for thousands of cut-outs. */
function sceneOf(scene: SceneName): Promise<Pixels> {
  let pixels = decoded.get(scene);
  if (!pixels) {
    pixels = decode(scene);
    decoded.set(scene, pixels);
  }
  return pixels;
}

async function decode(scene: SceneName): Promise<Pixels> {
  const picture = sharp(await masterOf(scene))
    .removeAlpha()
    .raw();
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
