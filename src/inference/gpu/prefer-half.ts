// A network in float16 where that is exact enough, else in float32.
import type { Network } from '../backend';
import { GOLDEN_TOLERANCE, networkDifference } from '../golden';
import type { ModelFiles } from '../types';

/** Float16 passes by the golden sample. A driver that cannot even run it may yet run float32. */
export async function preferHalf(
  files: ModelFiles,
  load: (precision: 'half' | 'full') => Network | Promise<Network>,
  signal: AbortSignal,
): Promise<Network> {
  let half: Network | null = null;
  try {
    half = await load('half');
    if ((await networkDifference(files, half, signal)) <= GOLDEN_TOLERANCE) return half;
  } catch {
    signal.throwIfAborted();
  }
  half?.dispose();
  return load('full');
}
