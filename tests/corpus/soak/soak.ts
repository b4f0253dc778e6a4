// `npm run soak`: browses the corpus in Chromium, as a reader with several tabs would, and watches what must not grow.
import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { ExtensionBrowser } from '../../../scripts/browser/extension-browser';
import { launchBrowser } from '../../../scripts/browser/launch-browser';
import { FixtureServer } from '../../fixtures/server';
import type { Site } from '../site';
import { sites } from '../sites';
import { gallery } from '../sites/gallery/gallery';
import { createVisitor } from '../visitor';
import { plotOf } from './plot';
import { soakDocument, type Soak } from './report';
import { createSampler, nothingBusy, type Sample } from './sample';

/** Between two visits: as long as the last one took, so that the machine is idle half of the time, and at least this. */
const minPauseMs = 4000;
/** Longer than the engine is kept without work, so that each sample is of an idle extension. */
const restMs = 20_000;
const visitsPerSample = 4;
const screens = 2;

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, json: { type: 'string' } },
});
const soak = await browse(Number(values.minutes) * 60_000);
if (values.json) await writeFile(values.json, JSON.stringify(soak, null, 2));
const { markdown, isFlat } = await soakDocument(soak);
await writeFile('docs/soak.md', markdown);
await writeFile('docs/images/soak.svg', plotOf(soak.samples));
console.log(markdown);
process.exitCode = isFlat && soak.problems.length === 0 ? 0 : 1;

async function browse(forMs: number): Promise<Soak> {
  const server = await FixtureServer.start();
  for (const site of sites) {
    for (const [name, handler] of Object.entries(site.hosts())) server.addHost(name, handler);
  }
  const upres = await launchBrowser({ name: 'chromium', proxy: server.proxy });
  const samples: Sample[] = [];
  const problems: string[] = [];
  let visits = 0;
  let images = 0;
  try {
    const stays = await upres.open(gallery.url, { width: 1280, height: 900 });
    const reader = await createVisitor(upres, stays, true);
    const sampler = await createSampler(upres, stays);
    const end = Date.now() + forMs;
    let busy = nothingBusy;
    const look = async () => {
      await stays.bringToFront();
      await reader.scrollThrough();
      await gallery.interact?.(reader);
      await delay(restMs);
      samples.push(await sampler.sample(busy));
      busy = nothingBusy;
      console.log(JSON.stringify({ visits, problems: problems.length, ...samples.at(-1) }));
    };
    while (Date.now() < end) {
      // Or nothing would be left to do after the first round.
      await upres.clearCache();
      server.requests.length = 0;
      for (const site of sites) {
        const startedAt = Date.now();
        await read(upres, site).then(
          (count) => (images += count),
          (error: unknown) => problems.push(`${site.name}: ${error}`),
        );
        visits++;
        busy = await sampler.busy(busy);
        await delay(Math.max(minPauseMs, Date.now() - startedAt));
        if (visits % visitsPerSample === 0) await look();
        if (Date.now() > end) break;
      }
    }
    return { version: await upres.browser.version(), samples, problems, visits, images };
  } finally {
    await upres.dispose();
    await server.dispose();
  }
}

/** In a tab of its own; the number of images made sharp there. */
async function read(upres: ExtensionBrowser, site: Site): Promise<number> {
  const page = await upres.open(site.url, { width: 1280, height: 900 });
  try {
    const visitor = await createVisitor(upres, page, true);
    await visitor.scrollThrough(screens);
    await site.interact?.(visitor);
    return [...visitor.seen.values()].filter((outcome) => outcome === 'upscaled').length;
  } finally {
    await page.close();
  }
}
