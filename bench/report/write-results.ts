// Results as files: the numbers, and a table and a plot made from them.
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { format } from 'prettier';
import { toMarkdown } from './markdown';
import { plot } from './plot';
import type { Results } from './results';

/** `file` ends in .json. */
export async function writeResults(file: string, results: Results): Promise<void> {
  const stem = file.replace(/\.json$/, '');
  const picture = `${basename(stem)}.svg`;
  const text = `# Measured speed\n\n![Times of an image by size](${picture})\n\n${toMarkdown(results)}\n`;
  await writeJson(file, results);
  await writeFile(`${stem}.md`, await format(text, { parser: 'markdown', printWidth: 100 }));
  await writeFile(`${stem}.svg`, plot(results));
}

export async function writeJson(file: string, value: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, await format(JSON.stringify(value), { parser: 'json', printWidth: 100 }));
}
