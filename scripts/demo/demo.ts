// `npm run demo`: the extension at work, in a window or as pictures and a report.
import { spawnSync } from 'node:child_process';
import { FixtureServer } from '../../tests/fixtures/server';
import { launchBrowser } from '../browser/launch-browser';
import { demoOptions, help, type DemoOptions } from './options';
import { demoPage } from './page';
import { record } from './record';

async function main(options: DemoOptions): Promise<number> {
  if (options.help) {
    console.log(help);
    return 0;
  }
  if (options.build) build(options);
  const server = options.url === null ? await FixtureServer.start() : null;
  try {
    const url = options.url ?? server?.addPage('/', demoPage()) ?? '';
    return options.headless ? await record(url, options) : await show(url, options);
  } finally {
    await server?.dispose();
  }
}

function build({ browser }: DemoOptions): void {
  const { status } = spawnSync('npx', ['wxt', 'build', '--browser', browserTarget[browser]], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('The build failed: see above.');
}

const browserTarget = { chromium: 'chrome', firefox: 'firefox' } as const;

/** A window that stays until it is closed. */
async function show(url: string, { browser: name }: DemoOptions): Promise<number> {
  const { browser } = await launchBrowser({ name, headless: false }).catch((error: unknown) => {
    throw new Error(`No window could be opened (without a screen, use --headless): ${error}`);
  });
  const [first] = await browser.pages();
  const page = first ?? (await browser.newPage());
  const closed = new Promise<void>((resolve) => browser.once('disconnected', () => resolve()));
  await page.goto(url);
  console.log(`${url} is open; close the browser to end.`);
  await closed;
  return 0;
}

try {
  process.exitCode = await main(demoOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
