// docs/corpus.md: the tables of a full run, and what stands in them.
import prettier from 'prettier';
import type { Comparison } from './compare';
import { imageTable, siteTable } from './table';

export interface BrowserRun {
  version: string;
  comparisons: Comparison[];
}

export async function corpusDocument(runs: BrowserRun[]): Promise<string> {
  const sites = runs[0]?.comparisons.map(({ site }) => `- **${site.name}**: ${site.about}`) ?? [];
  const tables = runs.map(
    ({ version, comparisons }) =>
      `## ${version}\n\n${siteTable(comparisons)}\n\n${imageTable(comparisons)}`,
  );
  const markdown = `# The corpus\n\n${introduction}\n\n${sites.join('\n')}\n\n${tables.join('\n\n')}\n`;
  const options = await prettier.resolveConfig('docs/corpus.md');
  return prettier.format(markdown, { ...options, parser: 'markdown' });
}

const introduction = `Written by \`npm run corpus\`. Small real sites, each with the server behaviour of its kind, served from several
hosts on this machine. Each is visited twice, with Upres off and on, from empty caches: opened at a device pixel ratio of
1, read to its end at 2, used, resized, and read again where an image was scrolled away too soon. "Upscaled" and "left
alone" count different addresses; "moved" is how many elements stand elsewhere than without Upres; "restored" holds the
page after switching off against one that never had it, attribute by attribute and box by box. The longest task is that
of the page's thread, the page's own work included. A dash: the browser does not say.`;
