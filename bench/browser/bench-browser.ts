// A Chromium for the bench: WebGPU on, on whatever draws it, and pages that are never slowed down as hidden.
import { chromium, type Browser, type Page } from 'playwright';
import { findChromium } from '../../scripts/find-browser.mjs';
import type { BenchPage } from '../page/main';

export async function launchBenchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-background-networking',
      '--disable-component-update',
      // Only these let Chromium offer WebGPU where there is no GPU.
      '--enable-unsafe-webgpu',
      '--use-webgpu-adapter=swiftshader',
      '--enable-features=Vulkan',
    ],
  });
}

/** One page for each contestant: their libraries keep their state in globals. */
export async function openBenchPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  // What a library has to say of a problem.
  page.on('pageerror', (error) => console.error(`page: ${error.message}`));
  await page.goto(url);
  await page.waitForFunction(() => 'bench' in globalThis);
  return page;
}

export type Remote = typeof globalThis & { bench: BenchPage };
