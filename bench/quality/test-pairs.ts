// The test sets as pairs of truth and low resolution, where ../shared/data/bench holds them.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { resizeBicubic } from './pillow-bicubic';
import { cropToMultiple, type RgbPicture } from './rgb-picture';

export const testSets = ['Set5', 'Set14'] as const;
export type TestSet = (typeof testSets)[number];

export interface TestPair {
  name: string;
  truth: RgbPicture;
  small: RgbPicture;
}

/** Null when the set is not on this machine. */
export async function readTestPairs(
  dir: string,
  set: TestSet,
  scale: number,
): Promise<TestPair[] | null> {
  const folder = join(dir, set);
  const files = await readdir(folder).catch(() => null);
  if (files === null) return null;
  return Promise.all(
    files.sort().map(async (name) => {
      const truth = cropToMultiple(await readPng(join(folder, name)), scale);
      const small = resizeBicubic(truth, truth.width / scale, truth.height / scale);
      return { name, truth, small };
    }),
  );
}

async function readPng(file: string): Promise<RgbPicture> {
  const { data, info } = await sharp(file)
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}
