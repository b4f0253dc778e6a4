// `npm run bench`: Upres against its peers, in a real browser.
import { readdirSync } from 'node:fs';
import { launchBenchBrowser, openBenchPage } from './browser/bench-browser';
import { servePage } from './browser/serve-page';
import { idOf, listContestants } from './contestants';
import { benchOptions, help, type BenchOptions } from './options';
import { toMarkdown } from './report/markdown';
import { pathMarkdown } from './report/path-markdown';
import { writeJson, writeResults } from './report/write-results';
import { measurePath } from './run/measure-path';
import { runBench } from './run/run-bench';

/** The test sets of the literature, where they are at hand. */
const dataDir = '../shared/data/bench';

async function main(options: BenchOptions): Promise<void> {
  if (options.help) {
    console.log(help);
    return;
  }
  const specs = listContestants(readdirSync('assets/models')).filter((spec) =>
    options.only.test(idOf(spec)),
  );
  const server = await servePage(dataDir);
  const browser = await launchBenchBrowser();
  try {
    if (options.path) {
      const page = await openBenchPage(browser, server.url);
      const path = await measurePath(page, options.rounds * 2);
      console.log(pathMarkdown(path));
      if (options.json !== null) await writeJson(options.json, path);
      return;
    }
    const results = await runBench(browser, server.url, specs, { ...options, dataDir });
    console.log(toMarkdown(results));
    if (options.json !== null) await writeResults(options.json, results);
  } finally {
    await browser.close();
    await server.dispose();
  }
}

try {
  await main(benchOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
