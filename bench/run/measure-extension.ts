// The built extension on pages of the demo's own server: a whole page, and the start.
import { demoPage } from '../../scripts/demo/page';
import { FixtureServer } from '../../tests/fixtures/server';
import { measurePage, type PageKind } from './measure-page';
import { measureStart, type StartResults } from './measure-start';
import type { PageVisit } from './watch-page';

export interface ExtensionResults {
  page: Record<PageKind, PageVisit>;
  start: StartResults;
}

/** One small photo, 320 pixels wide, shown twice as large as that. */
const onePhoto =
  '<!doctype html><link rel="icon" href="data:,"><img src="/images/pebbles-320.jpg" width="640">';

export async function measureExtension(rounds: number): Promise<ExtensionResults> {
  const server = await FixtureServer.start();
  try {
    const start = await measureStart(server.addPage('/one', onePhoto));
    const page = await measurePage(server.addPage('/', demoPage()), rounds);
    return { page, start };
  } finally {
    await server.dispose();
  }
}
