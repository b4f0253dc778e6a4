// What happens to a result before anybody sees it: it is compared with its source, and locked to it.
import type { RgbaImage } from '../inference/types';
import { faultOf } from './compare-with-source';
import { lockToSource } from './lock-to-source';
import { residualOf } from './residual';

export type Finished = { kind: 'good' } | { kind: 'faulty'; fault: string };

/** Locks a good `result` in place; a faulty one is left as it is. */
export function finishResult(source: RgbaImage, result: RgbaImage): Finished {
  const residual = residualOf(source, result);
  // Before the lock, which would hide what is wrong.
  const fault = faultOf(source, residual);
  if (fault !== null) return { kind: 'faulty', fault };
  lockToSource(source, result, residual);
  return { kind: 'good' };
}
