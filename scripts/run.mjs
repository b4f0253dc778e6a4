// `npm run demo` and `npm test` from a fresh clone: brings what is missing, then runs. Plain Node, since
// node_modules may not be there yet.
import { parseArgs } from 'node:util';
import { checkNode, installBrowsers, installPackages, prepareTypes } from './run/setup.mjs';
import { command } from './run/command.mjs';
import { runTests, stepNames } from './run/test-steps.mjs';

const help = `Usage:
  npm run demo -- [options]    the demo; \`npm run demo -- --help\` names its options
  npm test -- [steps] [--summary FILE]
                               all tests, or only the named steps: ${stepNames.join(', ')}
                               --summary FILE   also writes the counts as JSON`;

async function demo(args) {
  await setUp(args.includes('--firefox') ? ['firefox'] : ['chromium']);
  return (await command('npx', ['tsx', 'scripts/demo/demo.ts', ...args])).code;
}

async function test(args) {
  const { values, positionals } = parseArgs({
    args,
    options: { summary: { type: 'string' } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !stepNames.includes(name));
  if (unknown.length > 0) throw new Error(`No such step: ${unknown.join(', ')}\n${help}`);
  const steps = positionals.length > 0 ? positionals : stepNames;
  await setUp([
    ...(steps.some((name) => name === 'browser' || name.endsWith('chromium')) ? ['chromium'] : []),
    ...(steps.some((name) => name.endsWith('firefox')) ? ['firefox'] : []),
  ]);
  return runTests(steps, values.summary);
}

async function setUp(browsers) {
  checkNode();
  await installPackages();
  await prepareTypes();
  await installBrowsers(browsers);
}

const [what, ...args] = process.argv.slice(2);
try {
  if (what === 'demo') process.exitCode = await demo(args);
  else if (what === 'test') process.exitCode = await test(args);
  else {
    console.error(help);
    process.exitCode = 2;
  }
} catch (error) {
  console.error(`\n${error.message}`);
  // The last line of `test` says the counts, also when it did not come to running anything.
  if (what === 'test') console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
