// The results as tables: who took how long, how much that is of the machine's peak, and against Upres.
import { peersOf, ratioOf } from './ratios';
import type { Results, Row } from './results';

export function toMarkdown(results: Results): string {
  const { machine, rows, absent } = results;
  const { cpu, cores, os, browser, date, note, peakGflops, fusedMultiplyAdd } = machine;
  const fused = fusedMultiplyAdd ? 'fused' : 'not fused';
  return [
    `${cpu}, ${cores} cores, ${os}, ${browser}, ${date}${note && `, ${note}`}. 128-bit multiply-adds on one thread: ${round(peakGflops)} GFLOP/s (${fused}).`,
    section('The network alone', networkWords, networkTable(rows, machine.peakGflops)),
    section('An image', imageWords, imageTable(rows)),
    section('Cold, memory, quality', coldWords, coldTable(rows)),
    absent.length > 0
      ? section(
          'Not measured',
          '',
          absent.map(({ who, why }) => `- ${who}: ${why}`),
        )
      : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const networkWords =
  'Floats to floats, one tile, no halo, up to the pixel shuffle. Of the peak: the best run against the best ' +
  'run of the multiply-adds alone, counting those of a direct convolution: more than 100 % is had by Winograd, ' +
  'which needs fewer.';

const imageWords =
  'RGBA bytes to RGBA bytes, halos, checks and all. Times against Upres by medians, and by minima in brackets.';

const coldWords =
  'Cold: from an empty page of a new browser to the first result. Memory: by how much all processes of the ' +
  'browser rose at their peaks. Blocked: the longest stretch in which its thread could do nothing else; for ' +
  'Upres that is never the thread of a page. PSNR: luma, bicubic low resolution.';

function networkTable(rows: Row[], peakGflops: number): string[] {
  const found = rows.filter(({ task }) => task === 'network');
  return table(
    ['model', 'size', 'who', 'ms', 'min–p95', 'GFLOP/s', 'of the peak', 'time against Upres'],
    found.map((row) => [
      ...columns(row),
      row.gflops === null ? '' : round(row.gflops),
      ofPeak(row, peakGflops),
      ratio(row, rows),
    ]),
  );
}

function imageTable(rows: Row[]): string[] {
  const found = rows.filter(({ task }) => task === 'image');
  return table(
    ['model', 'size', 'who', 'ms', 'min–p95', 'time against Upres'],
    found.map((row) => [...columns(row), ratio(row, rows)]),
  );
}

function coldTable(rows: Row[]): string[] {
  const unique = new Map<string, Row>();
  for (const row of rows.filter(({ task }) => task === 'image')) {
    const key = `${row.model} x${row.scale} ${whoOf(row)}`;
    if (row.coldMs !== null || !unique.has(key)) unique.set(key, row);
  }
  const found = [...unique.values()].filter(({ coldMs, psnrSet5 }) => coldMs ?? psnrSet5);
  return table(
    ['model', 'who', 'size', 'cold ms', 'peak MiB', 'blocked ms', 'Set5 dB', 'Set14 dB'],
    found.map((row) => [
      modelOf(row),
      whoOf(row),
      row.coldMs === null ? '' : `${row.size}²`,
      cell(row.coldMs, 0),
      cell(row.peakMB, 0),
      cell(row.blockMs, 0),
      cell(row.psnrSet5, 2),
      cell(row.psnrSet14, 2),
    ]),
  );
}

/** Best run against best run: medians of a shared machine tell of the others on it. */
function ofPeak({ gflops, warmMs, minMs }: Row, peakGflops: number): string {
  if (gflops === null) return '';
  return `${((100 * gflops * warmMs) / minMs / peakGflops).toFixed(0)} %`;
}

function columns(row: Row): string[] {
  const spread = `${round(row.minMs)}–${round(row.p95Ms)}`;
  return [modelOf(row), `${row.size}²`, whoOf(row), round(row.warmMs), spread];
}

function ratio(row: Row, rows: Row[]): string {
  const own = peersOf(row, rows);
  if (!own) return '';
  const { medians, minima } = ratioOf(row, own);
  return `${medians.toFixed(2)}x (${minima.toFixed(2)}x)`;
}

export function whoOf({ contestant, backend, threads }: Row): string {
  const name = contestant === 'tfjs' ? backend : `${contestant} ${backend}`;
  return threads > 1 ? `${name}, ${threads} threads` : name;
}

function modelOf({ contestant, model, scale }: Row): string {
  return contestant === 'upscalerjs' ? `${model} x${scale}` : model;
}

export function section(title: string, words: string, lines: string[]): string {
  if (lines.length === 0) return '';
  return [`## ${title}`, ...(words ? [words] : []), lines.join('\n')].join('\n\n');
}

export function table(head: string[], rows: string[][]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

export function cell(value: number | null, digits: number): string {
  return value === null ? '' : value.toFixed(digits);
}

/** Three digits that count. */
export function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
