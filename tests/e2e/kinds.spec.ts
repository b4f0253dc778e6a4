// Every kind of element that shows an image: it gets a sharper one, nothing moves, what scripts read stays,
// and all is as it was afterwards. The same in both browsers.
import { writeFile } from 'node:fs/promises';
import type { Page } from 'puppeteer-core';
import sharp from 'sharp';
import { waitFor } from '../../scripts/browser/wait-for';
import type { ImageReport } from '../../src/messages';
import { expect, test } from './test';

const valley = 'url(/images/valley-200.jpg)';

/** Each is `#kind`; all want more pixels at DPR 2. */
const styles = `
  body { margin: 0; font: 16px sans-serif }
  .kind { display: inline-block; width: 200px; height: 125px; margin: 4px; vertical-align: top }
  #cover { background: green ${valley} center/cover }
  #natural { background: ${valley} no-repeat }
  #fixed-size { background: ${valley} 10px 20px/150px auto }
  #layers { background: linear-gradient(#00f3, #f003), url(/images/pebbles-64.jpg?a) no-repeat 0 0/90px, ${valley} }
  #set { background-image: image-set(url(/images/valley-200.jpg) 1x, url(/images/valley.jpg) 2x); background-size: cover; width: 320px; height: 200px }
  #before::before, #after::after { content: ''; display: block; width: 200px; height: 125px; background: ${valley} }
  #pseudo-content::before { content: ${valley} / 'a valley' }
  #content { content: ${valley} }
  #border { box-sizing: border-box; border: 40px solid; border-image: url(/images/valley-200.jpg) 30 }
  #input { padding: 6px; border: 3px solid green }
  #poster { background: #ddd; width: 240px }
  #turned { background: ${valley} 0 0/100% 100%; width: 100px; height: 62px; transform: rotate(90deg) scale(2) }
`;
const elements = {
  cover: '<div class="kind" id="cover"></div>',
  natural: '<div class="kind" id="natural"></div>',
  'fixed-size': '<div class="kind" id="fixed-size"></div>',
  layers: '<div class="kind" id="layers"></div>',
  set: '<div class="kind" id="set"></div>',
  before: '<div class="kind" id="before"></div>',
  after: '<div class="kind" id="after"></div>',
  'pseudo-content': '<div class="kind" id="pseudo-content"></div>',
  content: '<div class="kind" id="content">words</div>',
  border: '<div class="kind" id="border"></div>',
  turned: '<div class="kind" id="turned"></div>',
  svg:
    '<svg class="kind"><image id="svg" href="/images/valley-200.jpg" width="200" height="125" ' +
    'preserveAspectRatio="xMidYMid slice"/></svg>',
  'svg-link':
    '<svg class="kind" xmlns:xlink="http://www.w3.org/1999/xlink">' +
    '<image id="svg-link" xlink:href="/images/valley-200.jpg" width="200" height="125"/></svg>',
  input: '<input type="image" id="input" alt="go" src="/images/valley-200.jpg">',
  poster: '<video id="poster" poster="/images/valley-200.jpg"></video>',
  embed: '<embed id="embed" type="image/jpeg" src="/images/valley-200.jpg">',
  object: '<object id="object" type="image/jpeg" data="/images/valley-200.jpg"></object>',
};
const ids = Object.keys(elements);

const shifts = `<script nonce="ours">
  window.shifts = [];
  window.violations = [];
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    violations.push(effectiveDirective + ' ' + blockedURI));
  if (PerformanceObserver.supportedEntryTypes.includes('layout-shift')) {
    new PerformanceObserver((list) => shifts.push(...list.getEntries()))
      .observe({ type: 'layout-shift', buffered: true });
  }
</script>`;
const pageOf = (body: string, css = styles) =>
  `<!doctype html><title>kinds</title><style nonce="ours">${css}</style>${shifts}${body}`;

const upscaled = (images: ImageReport[]) => images.filter(({ state }) => state.kind === 'upscaled');

/** What scripts of the page can see, but for the one computed value that shows the picture. */
const look = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('[id]')].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const { backgroundImage = '', background = '' } = (element as HTMLElement).style;
      return {
        id: element.id,
        box: [x, y, width, height],
        attributes: ['src', 'poster', 'data', 'style', 'class'].map((n) => element.getAttribute(n)),
        style: [backgroundImage, background],
      };
    }),
  );
const html = (page: Page) => page.evaluate(() => document.documentElement.outerHTML);
const now = (page: Page) => page.evaluate(() => performance.now());
/** What the browser itself says of layout shifts; Firefox says nothing. */
const shiftsSince = (page: Page, time: number) =>
  page.evaluate(
    (from) =>
      (globalThis as unknown as { shifts: { value: number; startTime: number }[] }).shifts
        .filter(({ startTime }) => startTime > from)
        .map(({ value, startTime }) => ({ value, startTime })),
    time,
  );

/** The grey levels of each element on the screen. The viewport stays as it is: that would be a layout shift. */
async function pixels(page: Page, path: string): Promise<Map<string, Buffer>> {
  const png = await page.screenshot({ type: 'png', captureBeyondViewport: false });
  await writeFile(path, png);
  const screen = sharp(png).greyscale();
  const levels = new Map<string, Buffer>();
  for (const { id, box } of await look(page)) {
    const [left = 0, top = 0, width = 0, height = 0] = box.map((edge) => Math.round(edge * 2));
    levels.set(id, await screen.clone().extract({ left, top, width, height }).raw().toBuffer());
  }
  return levels;
}

function meanDifference(a: Buffer = Buffer.of(), b: Buffer = Buffer.of()): number {
  expect(a.length).toBeGreaterThan(0);
  expect(b.length).toBe(a.length);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum / a.length;
}

/** Images of each element; `layers` has two. Firefox shows <object> and <embed> as documents in frames. */
const expected = ids.length + 1;

test('every kind of element gets its picture, and all is as it was afterwards', async ({
  upres,
  server,
  open,
}, info) => {
  await upres.setSetting('enabled', false);
  server.addPage('/kinds', pageOf(Object.values(elements).join('\n')));
  const page = await open('http://shop.example/kinds', { width: 1000, height: 1400 });
  const before = { seen: await look(page), html: await html(page) };
  const originals = await pixels(page, info.outputPath('before.png'));

  const start = await now(page);
  await upres.setSetting('enabled', true);
  await upres.waitForReports(page, (images) => upscaled(images).length >= expected);
  const sharper = await pixels(page, info.outputPath('after.png'));
  expect(await look(page)).toEqual(before.seen);
  for (const id of ids) {
    const difference = meanDifference(originals.get(id), sharper.get(id));
    // Another picture, of the same thing: neither blank nor the original.
    expect.soft(difference, `${id} is sharper`).toBeGreaterThan(0.2);
    expect.soft(difference, `${id} shows the same`).toBeLessThan(8);
  }

  await upres.setSetting('enabled', false);
  await waitFor(
    page,
    () => !/blob:|<[^>]* data-[0-9a-f]{16}/.test(document.documentElement.outerHTML),
    [],
  );
  expect(await html(page)).toBe(before.html);
  const restored = await pixels(page, info.outputPath('restored.png'));
  for (const id of ids) {
    const difference = meanDifference(originals.get(id), restored.get(id));
    expect.soft(difference, `${id} is the original`).toBe(0);
  }
  expect(await look(page)).toEqual(before.seen);
  expect(await shiftsSince(page, start)).toEqual([]);
});

test('the strictest policy of a page stops nothing but an SVG image in Firefox', async ({
  browserName,
  upres,
  server,
  open,
}, info) => {
  const policy = [
    "default-src 'none'; img-src 'self'; object-src 'self'; frame-src 'self'; style-src 'nonce-ours'",
    "script-src 'nonce-ours'; require-trusted-types-for 'script'; trusted-types 'none'",
  ].join('; ');
  await upres.setSetting('enabled', false);
  server.addPage('/strict', pageOf(Object.values(elements).join('\n')), {
    'content-security-policy': policy,
  });
  const page = await open('http://shop.example/strict', { width: 1000, height: 1400 });
  const originals = await pixels(page, info.outputPath('before.png'));
  const start = await now(page);

  await upres.setSetting('enabled', true);
  const stopped = browserName === 'firefox' ? ['svg', 'svg-link'] : [];
  const images = await upres.waitForReports(
    page,
    (all) =>
      all.length >= expected &&
      upscaled(all).length >= expected - stopped.length &&
      all.every(({ state }) => state.kind !== 'waiting'),
  );
  const sharper = await pixels(page, info.outputPath('after.png'));
  expect(
    images.filter(({ state }) => state.kind === 'skipped' && state.reason === 'blocked-by-policy'),
  ).toHaveLength(stopped.length);
  for (const id of ids) {
    const difference = meanDifference(originals.get(id), sharper.get(id));
    if (stopped.includes(id)) expect.soft(difference, `${id} is the original`).toBe(0);
    else expect.soft(difference, `${id} is sharper`).toBeGreaterThan(0.2);
    expect.soft(difference, `${id} shows the same`).toBeLessThan(8);
  }
  const violations = await page.evaluate(
    () => (globalThis as unknown as { violations: string[] }).violations,
  );
  // Once is enough to know. (`connect-src` is about reading the bytes.)
  expect(violations.filter((violation) => violation.startsWith('img-src'))).toEqual(
    stopped.length > 0 ? ['img-src blob'] : [],
  );
  expect(await shiftsSince(page, start)).toEqual([]);
});

test('on paper, what is more than a background is the original', async ({
  upres,
  server,
  open,
}) => {
  server.addPage('/paper', pageOf(elements.input + elements.poster));
  const page = await open('http://shop.example/paper');
  await upres.waitForReports(page, (images) => upscaled(images).length === 2);
  const backgrounds = () =>
    page.evaluate(() =>
      ['input', 'poster'].map((id) => {
        const style = getComputedStyle(document.getElementById(id) as Element);
        return [style.backgroundImage.includes('blob:'), style.objectPosition];
      }),
    );
  expect(await backgrounds()).toEqual(Array(2).fill([true, '-100000px 0px']));
  if (upres.name === 'firefox') return; // It has no way to show a page as printed.
  await page.emulateMediaType('print');
  expect(await backgrounds()).toEqual(Array(2).fill([false, '50% 50%']));
});
