// What the popup says. Numbers are written in the user's own format.
import type { HostStatus, ImageState } from '../messages';
import type { FailReason, SkipReason } from '../reasons';
import type { TierChoice } from '../tiers';

const skipSentences: Record<SkipReason, string> = {
  'sharp-enough': 'Already sharp at this size',
  'too-small': 'Too small: an icon or a spacer',
  'too-large': 'Too large to upscale',
  'not-shown': 'Not shown on the page',
  animated: 'Animated',
  vector: 'A vector image: sharp by nature',
  'private-network': 'On a private network, which this page may not reach',
  'credentials-needed': 'Its server asks for a log-in',
  'orientation-ignored': 'The page shows it unturned, whatever the camera noted',
  'too-costly': 'Built so that reading it would take far too much time or memory',
  'time-budget-used': 'This page has had its share of computing time for now; scroll to it later',
  'blocked-by-policy': 'The security policy of the page does not let it be shown',
  'not-exchangeable': 'Shown in a way that cannot be exchanged without moving the page',
  'opted-out': 'The page asks to leave it as it is',
  'data-saver': 'Not while you save data',
  'power-saver': 'Not while on battery',
  'sprite-sheet': 'Many small pictures in one file',
  'pixel-art': 'Pixel art: its squares are meant to be seen',
  code: 'A QR or bar code: it must stay exact',
  text: 'Text or a picture of a program',
};

const failSentences: Record<FailReason, string> = {
  'not-loaded': 'Missing or damaged: the browser itself shows no picture',
  'fetch-failed': 'Could not be read from its server',
  'not-an-image': 'The file is not an image we know',
  'decode-failed': 'The file is damaged',
  'inference-failed': 'Upscaling failed',
  'no-backend': 'No way to compute works in this browser',
  'encode-failed': 'The result could not be encoded',
  'swap-failed': 'The page did not show the result',
  'background-unavailable': 'The extension did not answer; reload the page',
};

export function milliseconds(ms: number): string {
  return ms < 1000
    ? `${Math.round(ms).toLocaleString()} ms`
    : `${(ms / 1000).toLocaleString(undefined, { maximumFractionDigits: 1 })} s`;
}

export function bytes(count: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = value < 10 && unit > 0 ? 1 : 0;
  return `${value.toLocaleString(undefined, { maximumFractionDigits: digits })} ${units[unit] ?? ''}`;
}

/** What the page's images cost a second time; null when nothing did. */
export function secondLoadSentence(fetchedBytes: number): string | null {
  return fetchedBytes === 0
    ? null
    : `Loaded a second time for this page: about ${bytes(fetchedBytes)}`;
}

/** What became of one backend when the fastest was looked for. */
export function probeSentence({ backend, ms, problem }: HostStatus['probe'][number]): string {
  return problem ?? `${backend}: ${ms === null ? 'not timed' : `${milliseconds(ms)} a tile`}`;
}

/** Why this tier of models is used. Times are those of an image of 300 x 300 pixels. */
export function tierSentence({ tier, reason }: TierChoice): string {
  switch (reason.kind) {
    case 'wanted':
      return `${tier}, as you chose`;
    case 'nearest':
      return `${tier}, the nearest to what you chose`;
    case 'only':
      return `${tier}, the only one in this version`;
    case 'untried':
      return `${tier}, until this machine has been timed`;
    case 'in-time':
      return `${tier}, the best within ${milliseconds(reason.targetMs)} (about ${milliseconds(reason.ms)})`;
    case 'fastest':
      return `${tier}, the fastest (about ${milliseconds(reason.ms)})`;
  }
}

/** One line on what became of an image. */
export function stateSentence(state: ImageState): string {
  switch (state.kind) {
    case 'waiting':
      return state.total > 0 ? `Working: tile ${state.done} of ${state.total}` : 'Waiting';
    case 'upscaled': {
      const how = state.fromCache
        ? 'from the cache'
        : `${milliseconds(state.ms)} on ${state.backend}`;
      return `Sharp: ${state.scale}x, ${how}`;
    }
    case 'skipped':
      return skipSentences[state.reason];
    case 'failed':
      return `${failSentences[state.reason]}${state.detail ? ` (${state.detail})` : ''}`;
  }
}
