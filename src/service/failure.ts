// How work ends early, thrown inside and turned into an answer at the edge alone.
import type { FailReason, SkipReason } from '../reasons';

/** Nothing went wrong, the image is just not for us. */
export class Skip extends Error {
  override name = 'Skip';

  constructor(readonly reason: SkipReason) {
    super(reason);
  }
}

export class Failure extends Error {
  override name = 'Failure';

  constructor(
    readonly reason: FailReason,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }
}
