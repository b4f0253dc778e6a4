// The srcset and sizes that show a larger picture at the natural size of the one it replaces.
import type { Scale } from '../messages';
import type { Candidate } from './srcset';

export interface SwapPlan {
  srcset: string;
  /** Null leaves `sizes` as it is. */
  sizes: string | null;
}

/**
 * `natural size = width / density`, and the density has to grow by exactly the factor that the width grows
 * by. A width descriptor is needed for that also where the page had none: with a density descriptor the
 * browser would add `src` as a second candidate and might choose it.
 */
export function planSwap(
  url: string,
  width: number,
  scale: Scale,
  replaced: Candidate | null,
): SwapPlan {
  // The density comes from the page's own `sizes`, whose value we need not know.
  if (replaced?.kind === 'width') {
    return { srcset: `${url} ${replaced.width * scale}w`, sizes: null };
  }
  const density = replaced?.density ?? 1;
  return { srcset: `${url} ${width}w`, sizes: `${width / scale / density}px` };
}
