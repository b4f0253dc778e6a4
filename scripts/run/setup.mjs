// What demo and tests stand on: Node, the packages, WXT's generated types, the browsers.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { findChromium, findFirefox } from '../find-browser.mjs';
import { command, step } from './command.mjs';

const minimumNode = [20, 19];
/** The manifest's minimum_chrome_version. */
const minimumChromium = 148;
/** The manifest's strict_min_version. */
const minimumFirefox = 140;

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = minimumNode;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Error(
    `Node ${minimumNode.join('.')} or newer is needed; this is ${process.versions.node}.`,
  );
}

export async function installPackages() {
  // npm writes this file last, so an install that broke off does not count.
  const installed = 'node_modules/.package-lock.json';
  const age = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);
  if (age(installed) >= age('package-lock.json')) return;
  step('packages (npm ci)');
  const { code } = await command('npm', ['ci']);
  if (code !== 0) throw new Error('npm ci failed: see above.');
}

/** tsconfig.json extends a file that WXT makes. */
export async function prepareTypes() {
  if (existsSync('.wxt/tsconfig.json')) return;
  step('types (wxt prepare)');
  const { code } = await command('npx', ['wxt', 'prepare']);
  if (code !== 0) throw new Error('wxt prepare failed: see above.');
}

export async function installBrowsers(names) {
  if (names.includes('chromium') && !(await haveChromium())) {
    step('browser: Chromium');
    await command('npx', ['playwright', 'install', 'chromium']);
    if (!(await haveChromium())) await installFromDistribution('chromium');
    if (!(await haveChromium())) {
      throw new Error(
        `Chromium ${minimumChromium} or newer is needed and could not be installed. Install it ` +
          '(Debian: apt-get install chromium; elsewhere: npx playwright install --with-deps chromium), ' +
          'or set UPRES_CHROMIUM to one.',
      );
    }
  }
  // Playwright's own Firefox is a patched build that takes no extensions, so it is no help here.
  if (names.includes('firefox') && !(await haveFirefox())) {
    step('browser: Firefox');
    await installFromDistribution('firefox-esr');
    if (!(await haveFirefox())) {
      throw new Error(
        `Firefox ${minimumFirefox} or newer is needed and could not be installed. Install it ` +
          '(Debian: apt-get install firefox-esr; elsewhere: https://www.mozilla.org/firefox), ' +
          'or set UPRES_FIREFOX to one.',
      );
    }
  }
}

async function haveChromium() {
  const found = findChromium();
  if (found && (await majorVersion(found)) >= minimumChromium) return true;
  const { chromium } = await import('playwright');
  const downloaded = chromium.executablePath();
  if (!existsSync(downloaded)) return false;
  // What is on the PATH is too old: everything that looks for a Chromium takes this one.
  if (found) process.env.UPRES_CHROMIUM = downloaded;
  return true;
}

async function haveFirefox() {
  const found = findFirefox();
  return found !== undefined && (await majorVersion(found)) >= minimumFirefox;
}

/** 0 where the program does not run. */
async function majorVersion(program) {
  const { code, output } = await command(program, ['--version'], { quiet: true });
  return code === 0 ? Number(/(\d+)\./.exec(output)?.[1] ?? 0) : 0;
}

async function installFromDistribution(name) {
  const isDebian = existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
  if (!isDebian || process.getuid?.() !== 0) return;
  // Ubuntu's `chromium` is a snap, which does not run in containers; its Firefox has another name.
  const isUbuntu = /^ID=ubuntu/m.test(readFileSync('/etc/os-release', 'utf8'));
  const names = isUbuntu && name === 'firefox-esr' ? ['firefox-esr', 'firefox'] : [name];
  await command('apt-get', ['update']);
  for (const candidate of names) {
    const { code } = await command('apt-get', ['install', '-y', candidate], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (code === 0) return;
  }
}
