// The pixel path and the formats of the answer, measured in one page.
import type { Page } from 'playwright';
import type { Encoding } from '../page/compare-encodings';
import type { PathStep } from '../page/pixel-path';

export interface PathResults {
  opaque: PathStep[];
  transparent: PathStep[];
  encodings: Encoding[];
}

const scale = 2;

export async function measurePath(page: Page, rounds: number): Promise<PathResults> {
  const path = (file: string) =>
    page.evaluate(([url, x, times]) => bench.path(url, x, times), [
      `/photo/${file}`,
      scale,
      rounds,
    ] as const);
  return {
    opaque: await path('photo.jpg'),
    transparent: await path('cut-out.png'),
    encodings: await page.evaluate(([url, x, times]) => bench.encodings(url, x, times), [
      '/photo/photo.jpg',
      scale,
      rounds,
    ] as const),
  };
}
