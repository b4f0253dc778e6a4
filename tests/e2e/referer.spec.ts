// Servers that hand out their images only to the pages that they know: the background says what the page has
// said, where the page has said it, and only after a refusal.
import { expect, test } from './test';

const page = 'http://shop.example';
const path = `/images/valley.jpg?nostore=1&referer=${encodeURIComponent(`${page}/`)}`;
const guarded = `http://images.example${path}`;
const html = (attributes = '') => `<!doctype html><title>guarded</title>
<img src="${guarded}" width="320" ${attributes}>`;

const referers = (requests: { headers: { referer?: string | undefined } }[]) =>
  requests.map(({ headers }) => headers.referer ?? '');

test("the page's own Referer, after a refusal", async ({ upres, server, open }) => {
  server.addPage('/guarded', html());
  await upres.waitForReports(await open(`${page}/guarded`), (all) =>
    all.some(({ state }) => state.kind === 'upscaled'),
  );
  expect(referers(server.requestsFor('/images/valley.jpg'))).toEqual([`${page}/`, '', `${page}/`]);
  expect(server.requestsFor('/images/valley.jpg').map(({ cookies }) => cookies)).toEqual([
    '',
    '',
    '',
  ]);
  // No rule is left behind.
  expect(await upres.sessionRules()).toEqual([]);
});

// What the page loaded without a Referer is not asked for with one, whoever says so.
for (const [name, body, headers] of [
  ['the image', html('referrerpolicy="no-referrer"'), {}],
  ['a meta element', `<meta name="referrer" content="no-referrer">${html()}`, {}],
  ['the header', html(), { 'referrer-policy': 'no-referrer' }],
  ['nobody that we may ask', html(), { 'cache-control': 'no-store' }],
] as const) {
  test(`none where it is forbidden by ${name}`, async ({ upres, server, open }) => {
    // The page gets its picture by a cookie, which the background does not have.
    const loose = body.replace(guarded, guarded.replace('images.example', 'images.shop.example'));
    server.addPage('/quiet', loose.replace('referer=', 'cookie=required&any='), {
      ...headers,
      'set-cookie': 'session=1; Domain=shop.example',
    });
    const images = await upres.waitForReports(await open(`${page}/quiet`), (all) =>
      all.some(({ state }) => state.kind === 'skipped'),
    );
    expect(images[0]?.state).toEqual({ kind: 'skipped', reason: 'credentials-needed' });
    const [ofPage, ...ours] = server.requestsFor('/images/valley.jpg');
    expect(ofPage?.cookies).toBe('session=1');
    expect(referers(ours)).toEqual(['']);
  });
}

test('a redirect elsewhere does not hear of the page', async ({ upres, server, open }) => {
  const target = 'http://cdn.example/images/valley.jpg?nostore=1';
  const referer = encodeURIComponent(`${page}/`);
  const url = `http://images.example/images/moved.jpg?referer=${referer}&redirect=${target}`;
  server.addPage('/moved', `<!doctype html><img src="${url}" width="320">`);
  await upres.waitForReports(await open(`${page}/moved`), (all) =>
    all.some(({ state }) => state.kind === 'upscaled'),
  );
  const [, ...ours] = server.requestsFor('/images/valley.jpg');
  expect(referers(ours)).toEqual(['']);
});
