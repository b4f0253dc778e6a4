// Why an image was left as it is. One list for all contexts; the popup has a sentence for each.

/** Nothing went wrong: the image does not need us, or is not for us. */
export const skipReasons = [
  'sharp-enough',
  'too-small',
  'too-large',
  'not-shown',
  'animated',
  'vector',
  'private-network',
  'credentials-needed',
  'too-costly',
  'orientation-ignored',
  'time-budget-used',
  'blocked-by-policy',
  'not-exchangeable',
  'opted-out',
  'data-saver',
  'power-saver',
  'sprite-sheet',
  'pixel-art',
  'code',
  'text',
] as const;

/** Something went wrong; the original stays. */
export const failReasons = [
  'not-loaded',
  'fetch-failed',
  'not-an-image',
  'decode-failed',
  'inference-failed',
  'no-backend',
  'encode-failed',
  'swap-failed',
  'background-unavailable',
] as const;

export type SkipReason = (typeof skipReasons)[number];
export type FailReason = (typeof failReasons)[number];
