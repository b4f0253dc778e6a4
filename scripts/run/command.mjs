// Runs a program with its output on ours.
import { spawn } from 'node:child_process';

/** Exit code of the program; 127 where it can't be started. */
export function command(program, args, { env = {}, quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: quiet ? ['ignore', 'pipe', 'ignore'] : 'inherit',
      env: { ...process.env, ...env },
      // npm and npx are .cmd files there.
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.on('error', () => resolve({ code: 127, output }));
    child.on('close', (code, signal) => resolve({ code: signal ? 1 : (code ?? 1), output }));
  });
}

export function step(name) {
  console.log(`\n── ${name}`);
}
