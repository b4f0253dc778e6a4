// Builds the extension for one browser.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { BrowserName } from './browser/launch-browser';

const targets: Record<BrowserName, string> = { chromium: 'chrome', firefox: 'firefox' };

export async function buildExtension(browser: BrowserName): Promise<void> {
  const child = spawn('npx', ['wxt', 'build', '--browser', targets[browser]], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error('The build failed: see above.');
}
