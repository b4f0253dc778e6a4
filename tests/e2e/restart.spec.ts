// The background stops whenever the browser likes. What it had made is read again, not made again.
import { readFileSync } from 'node:fs';
import { expect, test } from './test';

const html = '<!doctype html><title>restart</title><img src="/images/valley.jpg" width="320">';

test('after a restart, weights come from IndexedDB and results from the cache', async ({
  upres,
  server,
  open,
}) => {
  server.addPage('/first', html);
  server.addPage('/second', html);
  server.addPage('/third', html.replace('valley.jpg', 'bust.webp'));
  const upscaled = async (path: string) => {
    const page = await open(`http://shop.example${path}`);
    const images = await upres.waitForReports(page, (all) =>
      all.some(({ state }) => state.kind === 'upscaled'),
    );
    const state = images[0]?.state;
    if (state?.kind !== 'upscaled') throw new Error(`not upscaled: ${JSON.stringify(images)}`);
    return state;
  };

  const first = await upscaled('/first');
  expect(first.fromCache).toBe(false);

  await upres.restartBackground();
  const second = await upscaled('/second');
  expect(second.fromCache).toBe(true);
  expect(second.resultBytes).toBe(first.resultBytes);

  // Another image needs the model again.
  const third = await upscaled('/third');
  expect(third.fromCache).toBe(false);
  const { models } = await upres.getStatus();
  const card = JSON.parse(readFileSync(`assets/models/${third.model}/card.json`, 'utf8')) as {
    version: string;
  };
  expect(models).toContainEqual({
    name: third.model,
    version: card.version,
    weightsFrom: 'indexeddb',
  });
});

test('many queued images survive it, twice', async ({ upres, server, open }) => {
  const count = 30;
  const path = (i: number) => `/images/pebbles-64.jpg?nostore=1&image=${i}&hold-again=many`;
  const images = Array.from(
    { length: count },
    (_, i) => `<img src="http://images.example${path(i)}" width="64">`,
  );
  server.addPage('/many', `<!doctype html>${images.join('')}`);
  const page = await open('http://shop.example/many');
  const asked = () => server.requestsFor('/images/pebbles-64.jpg').length - count;
  for (const times of [1, 2]) {
    // Four at a time are fetched, the rest waits in the background and in the page.
    await expect.poll(asked).toBeGreaterThanOrEqual(4 * times);
    await upres.restartBackground();
  }
  server.release('many');
  const reports = await upres.waitForReports(
    page,
    (all) => all.length === count && all.every(({ state }) => state.kind !== 'waiting'),
  );
  expect(new Set(reports.map(({ state }) => state.kind))).toEqual(new Set(['upscaled']));
});

test('work that was under way when the background stopped is done after all', async ({
  upres,
  server,
  open,
}) => {
  // The page gets the image; the background, which asks next, has to wait and is stopped meanwhile.
  const path = '/images/valley.jpg?nostore=1&hold-again=second';
  server.addPage('/page', `<!doctype html><img src="http://images.example${path}" width="320">`);
  const page = await open('http://shop.example/page');
  const asked = () => server.requests.filter((request) => request.path === path).length;
  await expect.poll(asked).toBe(2);
  await upres.restartBackground();
  server.release('second');
  const images = await upres.waitForReports(page, (all) =>
    all.some(({ state }) => state.kind === 'upscaled'),
  );
  expect(images).toHaveLength(1);
});
