// `npm run bench`: Upres against its peers, in a real browser.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { buildExtension } from '../scripts/build-extension';
import { launchBenchBrowser, openBenchPage } from './browser/bench-browser';
import { servePage } from './browser/serve-page';
import { idOf, listContestants } from './contestants';
import { benchOptions, help, type BenchOptions } from './options';
import { extensionMarkdown } from './report/extension-markdown';
import { toMarkdown } from './report/markdown';
import { pathMarkdown } from './report/path-markdown';
import type { Results } from './report/results';
import { writeJson, writeResults } from './report/write-results';
import { measureExtension } from './run/measure-extension';
import { measurePath } from './run/measure-path';
import { runBench } from './run/run-bench';

async function main(options: BenchOptions): Promise<void> {
  if (options.help) {
    console.log(help);
    return;
  }
  switch (options.subject) {
    case 'contestants':
      return benchContestants(options);
    case 'path':
      return benchPath(options);
    case 'page':
      return benchPage(options);
    case 'render':
      return renderAgain(options.render ?? '');
  }
}

async function benchContestants(options: BenchOptions): Promise<void> {
  const specs = listContestants(readdirSync('assets/models')).filter((spec) =>
    options.only.test(idOf(spec)),
  );
  const server = await servePage(options.dataDir);
  const browser = await launchBenchBrowser();
  try {
    const results = await runBench(browser, server.url, specs, options);
    console.log(toMarkdown(results));
    if (options.json !== null) await writeResults(options.json, results);
  } finally {
    await browser.close();
    await server.dispose();
  }
}

async function benchPath({ dataDir, rounds, json }: BenchOptions): Promise<void> {
  const server = await servePage(dataDir);
  const browser = await launchBenchBrowser();
  try {
    const results = await measurePath(await openBenchPage(browser, server.url), rounds * 2);
    console.log(pathMarkdown(results));
    if (json !== null) await writeJson(json, results);
  } finally {
    await browser.close();
    await server.dispose();
  }
}

async function benchPage({ rounds, json }: BenchOptions): Promise<void> {
  await buildExtension('chromium');
  const results = await measureExtension(rounds);
  console.log(extensionMarkdown(results));
  if (json !== null) await writeJson(json, results);
}

async function renderAgain(file: string): Promise<void> {
  await writeResults(file, JSON.parse(await readFile(file, 'utf8')) as Results);
}

try {
  await main(benchOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
