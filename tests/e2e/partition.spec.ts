// What one site has shown is no knowledge of another, nor of the image's server: neither the result nor the
// fetched bytes are found there, so no time and no missing request can tell.
import type { Page } from 'puppeteer-core';
import { expect, test } from './test';

const image = 'http://images.example/images/valley.jpg?partition=1';
const html = `<!doctype html><title>shared</title><img src="${image}" width="320">`;

test('the same image on two sites', async ({ upres, server, open }) => {
  server.addPage('/shared', html);
  const upscaled = async (page: Page) => {
    const images = await upres.waitForReports(page, (all) =>
      all.some(({ state }) => state.kind === 'upscaled'),
    );
    const [state] = images.map((each) => each.state);
    if (state?.kind !== 'upscaled') throw new Error(JSON.stringify(images));
    return state;
  };
  const visit = async (site: string) => {
    server.requests.length = 0;
    const { fromCache, fetchedBytes } = await upscaled(await open(`http://${site}/shared`));
    // The page's own request may come from the browser's cache, and names the page; the background's does not.
    const ours = server
      .requestsFor('/images/valley.jpg')
      .filter(({ headers }) => headers.referer === undefined);
    return { fromCache, isCounted: fetchedBytes > 0, requests: ours.length };
  };

  const isNew = { fromCache: false, isCounted: true, requests: 1 };
  const isKnown = { fromCache: true, isCounted: false, requests: 0 };
  expect(await visit('first.example')).toEqual(isNew);
  expect(await visit('second.example')).toEqual(isNew);
  expect(await visit('first.example')).toEqual(isKnown);
  // Not even the background's end makes one site hear of another.
  await upres.restartBackground();
  expect(await visit('second.example')).toEqual(isKnown);
  expect(await visit('third.example')).toEqual(isNew);
});
