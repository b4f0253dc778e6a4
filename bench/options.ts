// The command line of the bench.
import { parseArgs } from 'node:util';

export const help = `Usage: npm run bench -- [options]

Measures Upres and its peers in Chromium, in turns, and prints medians, spread and ratios.

  --quick         at most a minute: two sizes, few rounds, no memory, quality on Set5 alone
  --only PATTERN  those whose name (as printed) fits this regular expression
  --sizes LIST    sides of the square inputs (default: 64,128,256,512)
  --rounds N      how often everybody gets a turn at each size (default: 5)
  --warm          warm times alone: no cold start, memory or quality
  --json FILE     writes the results there, and beside it a table (.md) and a plot (.svg)
  --render FILE   instead: writes table and plot of such results again
  --page          instead: the built extension on the demo page, on and off, and the parts of its start
  --path          instead: the steps from encoded bytes to a picture on the page, and the formats of the answer
  --data DIR      where Set5 and Set14 are, if anywhere (default: ../shared/data/bench)
  --note TEXT     goes into the results, after the machine
  --help          this text`;

export interface BenchOptions {
  help: boolean;
  only: RegExp;
  sizes: number[];
  rounds: number;
  visitMs: number;
  runLimitMs: number;
  /** Side of the image of the cold start; null leaves it out. */
  coldSize: number | null;
  testSets: ('Set5' | 'Set14')[];
  /** What is measured. */
  subject: 'contestants' | 'page' | 'path' | 'render';
  /** Where Set5 and Set14 lie. */
  dataDir: string;
  json: string | null;
  /** Results to be rendered again. */
  render: string | null;
  note: string;
}

export function benchOptions(args: string[]): BenchOptions {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      sizes: { type: 'string' },
      rounds: { type: 'string' },
      warm: { type: 'boolean', default: false },
      page: { type: 'boolean', default: false },
      path: { type: 'boolean', default: false },
      data: { type: 'string', default: '../shared/data/bench' },
      json: { type: 'string' },
      render: { type: 'string' },
      note: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  const { quick, warm } = values;
  const sizes = (values.sizes ?? (quick ? '128,256' : '64,128,256,512')).split(',').map(Number);
  const rounds = Number(values.rounds ?? (quick ? 3 : 5));
  if (![...sizes, rounds].every((number) => Number.isInteger(number) && number > 0)) {
    throw new Error('--sizes and --rounds take whole numbers');
  }
  return {
    help: values.help,
    only: new RegExp(values.only),
    sizes,
    rounds,
    visitMs: quick ? 60 : 500,
    runLimitMs: quick ? 400 : 6000,
    coldSize: quick || warm ? null : 256,
    testSets: warm ? [] : quick ? ['Set5'] : ['Set5', 'Set14'],
    subject: values.render ? 'render' : values.page ? 'page' : values.path ? 'path' : 'contestants',
    dataDir: values.data,
    json: values.json ?? null,
    render: values.render ?? null,
    note: values.note,
  };
}
