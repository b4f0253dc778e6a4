// Writes the file tree into README.md, a line a file, from each file's own opening words; `--check` only compares.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { parseArgs } from 'node:util';

const start = '<!-- tree: written by `npm run tree` -->\n\n```text\n';
const end = '```\n\n<!-- end of tree -->';

/** Files that cannot speak for themselves, and folders that are one line. */
const spoken: Record<string, string> = {
  LICENSE: 'MIT',
  'README.md': 'this page',
  'package.json': 'commands and pinned packages',
  'tsconfig.json': 'strict TypeScript',
  'assets/icon.svg': 'the toolbar icon, as drawn',
  'bench/page/index.html': 'The page that the bench measures in.',
  'entrypoints/popup/index.html': "The popup's page.",
  'entrypoints/workers/index.html': "The offscreen document's page.",
  'src/popup/popup.css': "The popup's looks, light and dark.",
  'training/pyproject.toml': 'the Python package and its pinned packages',
};
const folders: Record<string, string> = {
  'assets/models/': 'model.json, weights.bin, golden.bin and card.json of each shipped model',
  'bench/results/': 'what was measured, on which machine and when',
  'docs/images/': 'pictures of the documentation, made by code',
  'public/icon/': 'the icon in the sizes that stores and browsers want',
  'tests/unit/': 'tables for pure code, in folders like those of src',
  'training/reference/': 'the same networks trained on clean images: they prove the recipe',
  'training/results/': 'what the evaluation measured',
  'training/tests/': "the lab's tests",
};
const unlisted = /^(\.(?!ci)|package-lock\.json$)|\.gitignore$|py\.typed$|\.d\.mts$/;

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const readme = readFileSync('README.md', 'utf8');
const [before, rest] = readme.split(start);
const after = rest?.split(end)[1];
if (before === undefined || after === undefined)
  throw new Error('README.md has no tree to replace');
const written = `${before}${start}${tree(trackedFiles())}${end}${after}`;

if (written === readme) {
  console.log('The tree in README.md is up to date.');
} else if (values.check) {
  console.error('The tree in README.md is not that of the files: run `npm run tree`.');
  process.exitCode = 1;
} else {
  writeFileSync('README.md', written);
  console.log('README.md has a new tree.');
}

function trackedFiles(): string[] {
  const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n');
  const inFolder = (file: string) => Object.keys(folders).find((folder) => file.startsWith(folder));
  const lines = files.map((file) => inFolder(file) ?? file).filter((file) => !unlisted.test(file));
  return [...new Set(lines)].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

/** Files of a folder before its folders; the top folder's files first of all. */
function sortKey(path: string): string {
  const parts = path.replace(/\/$/, '').split('/');
  const isFolder = path.endsWith('/');
  return parts
    .map((part, i) => (i < parts.length - 1 || isFolder ? `1${part}` : `0${part}`))
    .join('/');
}

function tree(paths: string[]): string {
  let folder = '.';
  let text = '';
  for (const path of paths) {
    const parent = dirname(path);
    if (parent !== folder) text += `${parent}/\n`;
    folder = parent;
    const indent = parent === '.' ? '' : '  ';
    const name = `${indent}${basename(path)}${path.endsWith('/') ? '/' : ''}`;
    text += `${name.padEnd(30)} ${folders[path] ?? spoken[path] ?? openingWords(path)}\n`;
  }
  return text;
}

/** First sentence of the comment (or docstring, or title) that a file begins with. */
function openingWords(path: string): string {
  const lines = readFileSync(path, 'utf8')
    .replace(/^#!.*\n/, '')
    .split('\n');
  const comment: string[] = [];
  for (const line of lines) {
    const words = /^\s*(?:\/\/|#+|"""|\/\*\*?|\*)\s*(.*?)(?:"""|\*\/)?$/.exec(line)?.[1];
    if (words === undefined && !/^"""/.test(lines[0] ?? '')) break;
    comment.push(words ?? line);
    if (/\.( |$)/.test(words ?? line) || (comment.length > 1 && line.trim() === '')) break;
  }
  const text = comment.join(' ').trim();
  const sentence = /^(.*?\.)(?: |$)/.exec(text)?.[1] ?? text;
  if (sentence === '') throw new Error(`${path} does not say what it is for in its first line`);
  // What stands before a colon is the gist of a long sentence.
  return sentence.length > 90 ? sentence.replace(/[:;] .*/, '.') : sentence;
}
