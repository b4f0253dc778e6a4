// Waits in the page until a predicate is truthy. Puppeteer's own waitForFunction needs `new Function`, which
// the CSP of extension pages and of strict sites forbids; an evaluated expression is not subject to it.
import type { Page } from 'puppeteer-core';

export async function waitFor<Args extends unknown[], Result>(
  page: Page,
  predicate: (...args: Args) => Result | Promise<Result>,
  args: Args,
  timeoutMs = 30_000,
): Promise<Awaited<Result>> {
  const found = await page.evaluate(`(async () => {
    const end = performance.now() + ${timeoutMs};
    while (performance.now() < end) {
      const value = await (${predicate})(...${JSON.stringify(args)});
      if (value) return { value };
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return null;
  })()`);
  if (found === null) {
    throw new Error(`${page.url()}: not within ${timeoutMs} ms: ${predicate}`);
  }
  return (found as { value: Awaited<Result> }).value;
}
