// Times small networks against each other, in turns.
import type { BackendName } from '../../src/inference/types';
import { startBackend } from '../../src/inference/start-backend';
import { probeNetwork, type ProbePlan } from '../graphs/probe-network';
import { toFloats } from './floats';
import { texture } from './pictures';

const { signal } = new AbortController();

/** The least milliseconds of each plan on one tile: what is above that, something else on the machine took. */
export async function timeProbes(
  name: BackendName,
  plans: ProbePlan[],
  { tile, rounds }: { tile: number; rounds: number },
): Promise<number[]> {
  const backend = await startBackend(name, { wasmPath: '/wasm/', allowSoftware: true }, signal);
  const input = toFloats(texture(tile, tile), 1);
  const networks = await Promise.all(plans.map((plan) => backend.load(probeNetwork(plan), signal)));
  const best = plans.map(() => Infinity);
  try {
    // The first round warms up.
    for (let round = 0; round <= rounds; round++) {
      for (const [i, network] of networks.entries()) {
        const start = performance.now();
        await network.run(input, tile, tile, signal);
        const ms = performance.now() - start;
        if (round > 0) best[i] = Math.min(best[i] ?? Infinity, ms);
      }
    }
    return best;
  } finally {
    for (const network of networks) network.dispose();
    backend.dispose();
  }
}
