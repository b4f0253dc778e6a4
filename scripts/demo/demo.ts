// `npm run demo`: the extension at work, in a window or as pictures and a report.
import { FixtureServer } from '../../tests/fixtures/server';
import { buildExtension } from '../build-extension';
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
    options.build ? buildExtension(options.browser) : null,
  ]);
  try {
    const url = options.url ?? server?.addPage('/', demoPage()) ?? '';
    return options.headless ? await record(url, options) : await show(url, options);
  } finally {
    await server?.dispose();
  }
}

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
