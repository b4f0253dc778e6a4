// Where each image stands on the page, in device pixels of the screenshot, and its own bytes.
import type { Page } from 'puppeteer-core';

export interface ShownImage {
  /** What the page asked for, as the extension reports it. */
  url: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export async function shownImages(page: Page): Promise<ShownImage[]> {
  return page.evaluate(() =>
    [...document.images].map((image) => {
      const box = image.getBoundingClientRect();
      const url = new URL(image.getAttribute('src') ?? '', document.baseURI).href;
      return {
        url,
        x: Math.round((box.x + scrollX) * devicePixelRatio),
        y: Math.round((box.y + scrollY) * devicePixelRatio),
        width: Math.round(box.width * devicePixelRatio),
        height: Math.round(box.height * devicePixelRatio),
      };
    }),
  );
}
