// The command line of the corpus.
import { parseArgs } from 'node:util';
import type { BrowserName } from '../../scripts/browser/launch-browser';
import type { Site } from './site';
import { sites } from './sites';

export const help = `Usage: npm run corpus -- [options]

Visits every site of the corpus with Upres off and on, in both browsers, and prints what it did and what that cost.
The exit code is 1 where that is not what the site expects. A full run writes docs/corpus.md.

  --browser NAME   chromium or firefox alone
  --site NAME      that site alone; may be given again
  --quick          short visits
  --out DIR        screenshots
  --no-build       the extension as it was built last
  --help           this text`;

export interface CorpusOptions {
  help: boolean;
  browsers: BrowserName[];
  sites: Site[];
  quick: boolean;
  outDir: string | null;
  build: boolean;
  /** Everything is visited, so that the committed table can be written. */
  isFull: boolean;
}

export function corpusOptions(args: string[]): CorpusOptions {
  const { values } = parseArgs({
    args,
    options: {
      browser: { type: 'string' },
      site: { type: 'string', multiple: true },
      quick: { type: 'boolean', default: false },
      out: { type: 'string' },
      'no-build': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { browser, site: names = [], quick } = values;
  if (browser !== undefined && browser !== 'chromium' && browser !== 'firefox') {
    throw new Error(`No browser is called ${browser}.\n${help}`);
  }
  const unknown = names.filter((name) => !sites.some((site) => site.name === name));
  if (unknown.length > 0) throw new Error(`No site is called ${unknown.join(', ')}.\n${help}`);
  return {
    help: values.help,
    browsers: browser ? [browser] : ['chromium', 'firefox'],
    sites: names.length > 0 ? sites.filter(({ name }) => names.includes(name)) : sites,
    quick,
    outDir: values.out ?? null,
    build: !values['no-build'],
    isFull: browser === undefined && names.length === 0 && !quick,
  };
}
