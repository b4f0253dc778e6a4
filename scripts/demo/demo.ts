// `npm run demo`: the extension at work, in a window or as pictures and a report.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
  // Making the images takes as long as the build when it is the first time.
  const [server] = await Promise.all([
    options.url === null ? FixtureServer.start() : null,
    options.build ? build(options) : null,
  ]);
  try {
    const url = options.url ?? server?.addPage('/', demoPage()) ?? '';
    return options.headless ? await record(url, options) : await show(url, options);
  } finally {
    await server?.dispose();
  }
}

async function build({ browser }: DemoOptions): Promise<void> {
  const child = spawn('npx', ['wxt', 'build', '--browser', browserTarget[browser]], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error('The build failed: see above.');
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
