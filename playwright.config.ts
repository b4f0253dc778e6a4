// End-to-end tests of the built extension: the same specs in Chromium and in Firefox. Playwright only runs
// the tests here; the browsers are driven by scripts/browser.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  timeout: 120_000,
  expect: { timeout: 30_000 },
  // One browser at a time: inference wants the cores.
  workers: 1,
  forbidOnly: true,
  reporter: process.env.UPRES_REPORT
    ? [['list'], ['json', { outputFile: process.env.UPRES_REPORT }]]
    : 'list',
  projects: [{ name: 'chromium' }, { name: 'firefox' }],
});
