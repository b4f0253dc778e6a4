// The tests as named steps, and their counts from the runners' own JSON reports.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, step } from './command.mjs';
import { countPlaywright, countVitest } from './count.mjs';

/** Each step that has tests says how to run them so that a report lands in `report`, and how to count it. */
const steps = {
  unit: vitestStep('unit'),
  browser: vitestStep('browser'),
  'e2e-chromium': playwrightStep('chromium'),
  'e2e-firefox': playwrightStep('firefox'),
};

export const stepNames = Object.keys(steps);

function vitestStep(project) {
  return {
    program: [
      'npx',
      'vitest',
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
    ],
    report: (file) => ({ args: [`--outputFile.json=${file}`], env: {} }),
    count: countVitest,
    needsBuild: false,
  };
}

function playwrightStep(project) {
  return {
    program: ['npx', 'playwright', 'test', '--project', project],
    report: (file) => ({ args: [], env: { UPRES_REPORT: file } }),
    count: countPlaywright,
    needsBuild: true,
  };
}

/** Runs the steps, prints the counts; the exit code. */
export async function runTests(names, summaryFile) {
  const dir = mkdtempSync(join(tmpdir(), 'upres-test-'));
  const results = [];
  let built = false;
  for (const name of names) {
    if (steps[name].needsBuild && !built) {
      const result = await build();
      built = true;
      if (result) {
        results.push(result);
        break;
      }
    }
    results.push(await runStep(name, join(dir, `${name}.json`)));
  }
  rmSync(dir, { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  step('results');
  for (const { name, passed, failed, skipped, problem } of results) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
    console.log(`${name}: ${counts}${problem ? `: ${problem}` : ''}`);
  }
  if (summaryFile) writeFileSync(summaryFile, JSON.stringify({ total, steps: results }, null, 2));
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/** A failed result, or null when both extensions are there. */
async function build() {
  step('build');
  const { code } = await command('npm', ['run', 'build']);
  if (code === 0) return null;
  return { name: 'build', passed: 0, failed: 1, skipped: 0, problem: 'the build failed' };
}

async function runStep(name, file) {
  step(name);
  const { program, report, count } = steps[name];
  const { args, env } = report(file);
  const { code } = await command(program[0], [...program.slice(1), ...args], { env });
  const counts = readCounts(count, file);
  const problem = problemOf(counts, code);
  // A runner that broke is one failure, or its count would look like success.
  const failed = problem && counts.failed === 0 ? 1 : counts.failed;
  return { name, ...counts, failed, ...(problem ? { problem } : {}) };
}

function readCounts(count, file) {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { passed: 0, failed: 0, skipped: 0, missing: true };
  }
}

function problemOf({ passed, failed, missing }, code) {
  if (missing) return `the runner wrote no report (exit code ${code})`;
  if (failed > 0) return null;
  if (code !== 0) return `the runner ended with exit code ${code}`;
  if (passed === 0) return 'no test ran';
  return null;
}
