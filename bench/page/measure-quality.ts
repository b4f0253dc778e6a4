// How close a contestant's picture comes to the truth, over the images of a test set.
import { lumaPsnr } from '../quality/luma-psnr';
import { toRgb, type RgbPicture } from '../quality/rgb-picture';
import type { Contestant } from './contestant';

/** Mean luma PSNR in dB. The server lays out the pairs as `/pairs/<set>/x<scale>`. */
export async function measureQuality(
  contestant: Contestant,
  set: string,
  scale: number,
): Promise<number> {
  const folder = `/pairs/${set}/x${scale}`;
  const names = (await (await fetch(folder)).json()) as string[];
  let sum = 0;
  for (const name of names) {
    const small = await readPicture(`${folder}/${name}/small`);
    const truth = await readPicture(`${folder}/${name}/truth`);
    sum += lumaPsnr(await upscale(contestant, small), truth, scale);
  }
  return sum / names.length;
}

async function upscale(contestant: Contestant, small: RgbPicture): Promise<RgbPicture> {
  const { width, height } = small;
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) rgba.set(small.data.subarray(i * 3, i * 3 + 3), i * 4);
  return toRgb(await contestant.upscale({ width, height, data: rgba }));
}

async function readPicture(url: string): Promise<RgbPicture> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  const data = new Uint8Array(await response.arrayBuffer());
  const side = (name: string) => Number(response.headers.get(name));
  return { width: side('x-width'), height: side('x-height'), data };
}
