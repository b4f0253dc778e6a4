// `npm run corpus`: visits every site with Upres off and on, and says what it did there and what that cost.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExtensionBrowser } from '../../scripts/browser/extension-browser';
import { launchBrowser, type BrowserName } from '../../scripts/browser/launch-browser';
import { FixtureServer } from '../fixtures/server';
import { compare, faultsOf, type Comparison } from './compare';
import { corpusOptions, help, type CorpusOptions } from './options';
import { corpusDocument, type BrowserRun } from './report';
import type { Site } from './site';
import { imageTable, siteTable } from './table';
import { expectedOf, visit } from './visit';

async function main(options: CorpusOptions): Promise<number> {
  if (options.help) {
    console.log(help);
    return 0;
  }
  if (options.build) await build();
  if (options.outDir) await mkdir(options.outDir, { recursive: true });
  const server = await FixtureServer.start();
  const runs: BrowserRun[] = [];
  try {
    for (const name of options.browsers) runs.push(await runIn(name, server, options));
  } finally {
    await server.dispose();
  }
  for (const { version, comparisons } of runs) {
    console.log(`\n${version}\n\n${siteTable(comparisons)}\n\n${imageTable(comparisons)}`);
  }
  if (options.isFull) await writeFile('docs/corpus.md', await corpusDocument(runs));
  const isAsExpected = runs
    .flatMap(({ comparisons }) => comparisons)
    .every((comparison) => faultsOf(comparison).length === 0);
  return isAsExpected ? 0 : 1;
}

async function runIn(
  name: BrowserName,
  server: FixtureServer,
  options: CorpusOptions,
): Promise<BrowserRun> {
  const upres = await launchBrowser({ name, proxy: server.proxy });
  try {
    const comparisons: Comparison[] = [];
    for (const site of options.sites) {
      const comparison = await visitTwice(upres, server, site, options);
      comparisons.push(comparison);
      const faults = faultsOf(comparison);
      console.log(`${name} ${site.name}: ${faults.length === 0 ? 'as expected' : ''}`);
      for (const fault of faults) console.log(`  ${fault}`);
    }
    return { version: await upres.browser.version(), comparisons };
  } finally {
    await upres.dispose();
  }
}

async function visitTwice(
  upres: ExtensionBrowser,
  server: FixtureServer,
  site: Site,
  { quick, outDir }: CorpusOptions,
): Promise<Comparison> {
  const shot = (state: string) =>
    outDir ? { screenshot: join(outDir, `${site.name}-${upres.name}-${state}.png`) } : {};
  const off = await visit(upres, server, site, { baseline: null, quick, ...shot('off') });
  const on = await visit(upres, server, site, { baseline: off, quick, ...shot('on') });
  return compare(site, upres.name, expectedOf(site, quick), { off, on });
}

async function build(): Promise<void> {
  const child = spawn('npm', ['run', '--silent', 'build'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error('The build failed: see above.');
}

try {
  process.exitCode = await main(corpusOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
