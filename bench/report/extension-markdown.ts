// The built extension: a whole page with it and without, and where the time of its start goes.
import type { ExtensionResults } from '../run/measure-extension';
import type { Start } from '../run/measure-start';
import { cell, round, section, table } from './markdown';

export function extensionMarkdown({ page, start }: ExtensionResults): string {
  return [
    section(
      'The demo page',
      'From the start of the navigation; the longest task is of the thread of the page.',
      table(
        ['extension', 'load ms', 'last visible image sharp ms', 'images', 'longest task ms'],
        Object.entries(page).map(([kind, visit]) => [
          kind,
          round(visit.loadMs),
          cell(visit.sharpMs, 0),
          `${visit.images}`,
          cell(visit.longestTaskMs, 0),
        ]),
      ),
    ),
    section('The first sharp image of a new browser', words(start.first), partTable(start.first)),
    section('And of a background that had stopped', words(start.again), partTable(start.again)),
  ].join('\n\n');
}

function words({ sharpMs, imageMs }: Start): string {
  return `Sharp after ${round(sharpMs)} ms, of which the image itself took ${round(imageMs)} ms.`;
}

function partTable({ parts }: Start): string[] {
  return table(
    ['part', 'at ms', 'took ms'],
    parts.map(({ part, atMs, ms }) => [part, round(atMs), round(ms)]),
  );
}
