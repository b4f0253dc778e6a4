// `npm run bench:layers`: what each kind of layer costs on this machine, as the cost table of an architecture search.
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { BACKEND_NAMES, type BackendName } from '../src/inference/types';
import { launchBenchBrowser, openBenchPage } from './browser/bench-browser';
import { servePage } from './browser/serve-page';
import { toCosts, plansFor, type LayerCost } from './graphs/layer-costs';
import { writeJson } from './report/write-results';
import { describeMachine } from './run/describe-machine';

const help = `Usage: npm run bench:layers -- [options]

  --json FILE       writes the table there
  --backends LIST   default: wasm,tfjs-wasm
  --channels LIST   default: 8,12,16,20,24,32,40,48,64
  --tiles LIST      sides of the tile, default: 64,96
  --rounds N        default: 60
  --note TEXT       goes into the results, after the machine`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      backends: { type: 'string', default: 'wasm,tfjs-wasm' },
      channels: { type: 'string', default: '8,12,16,20,24,32,40,48,64' },
      tiles: { type: 'string', default: '64,96' },
      rounds: { type: 'string', default: '60' },
      note: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const numbers = (list: string) => list.split(',').map(Number);
  const server = await servePage('');
  const browser = await launchBenchBrowser();
  try {
    const page = await openBenchPage(browser, server.url);
    const machine = await describeMachine(browser, page, values.note);
    const layers: LayerCost[] = [];
    for (const backend of values.backends.split(',').map(toBackend)) {
      for (const tile of numbers(values.tiles)) {
        for (const channels of numbers(values.channels)) {
          const rounds = Number(values.rounds);
          layers.push(...(await measure(page, backend, { tile, channels, rounds })));
        }
      }
    }
    for (const { backend, kind, inputs, outputs, tile, ms } of layers) {
      console.log(`${backend} ${tile}² ${kind} ${inputs}→${outputs}: ${ms.toFixed(3)} ms`);
    }
    if (values.json !== undefined) await writeJson(values.json, { machine, layers });
  } finally {
    await browser.close();
    await server.dispose();
  }
}

async function measure(
  page: Page,
  backend: BackendName,
  { tile, channels, rounds }: { tile: number; channels: number; rounds: number },
): Promise<LayerCost[]> {
  const plans = plansFor(channels);
  const times = await page.evaluate(([name, asked, how]) => bench.probes(name, asked, how), [
    backend,
    plans,
    { tile, rounds },
  ] as const);
  return toCosts(plans, times).map((cost) => ({ backend, tile, dtype: 'float32', ...cost }));
}

function toBackend(name: string): BackendName {
  const found = BACKEND_NAMES.find((each) => each === name);
  if (!found) throw new Error(`no backend ${name}: ${BACKEND_NAMES.join(', ')}`);
  return found;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
