// The command line of the demo.
import { parseArgs } from 'node:util';
import type { BrowserName } from '../browser/launch-browser';

export const help = `Usage: npm run demo -- [options]

Builds the extension and opens a page of small images in a browser that has it.

  --headless      no window: writes before.png, after.png, contact-sheet.png and report.json, then ends;
                  the exit code is 1 if an image that should be upscaled was not
  --out DIR       where to write them (default: demo-out)
  --url URL       that page instead of the demo's own
  --firefox       Firefox instead of Chromium
  --no-build      the extension as it was built last
  --help          this text`;

export interface DemoOptions {
  help: boolean;
  headless: boolean;
  outDir: string;
  url: string | null;
  browser: BrowserName;
  build: boolean;
}

export function demoOptions(args: string[]): DemoOptions {
  const { values } = parseArgs({
    args,
    options: {
      headless: { type: 'boolean', default: false },
      out: { type: 'string', default: 'demo-out' },
      url: { type: 'string' },
      firefox: { type: 'boolean', default: false },
      'no-build': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    help: values.help,
    headless: values.headless,
    outDir: values.out,
    url: values.url ?? null,
    browser: values.firefox ? 'firefox' : 'chromium',
    build: !values['no-build'],
  };
}
