// One request to the background. It may stop at any moment, with whatever it was doing; then it is asked again.
import { sendMessage, type UpscaleAnswer, type UpscaleRequest } from '../messages';

/** Who loses an answer so often has met no accident: the image itself may be what ends the background. */
const maxTries = 3;

/** `request` is called for each try: what it says of the page's view may have changed. */
export async function askBackground(
  request: () => UpscaleRequest,
  signal: AbortSignal,
): Promise<UpscaleAnswer> {
  let detail = '';
  for (let tries = 0; tries < maxTries; tries++) {
    if (signal.aborted) return { kind: 'cancelled' };
    try {
      return await ask(request());
    } catch (error) {
      detail = String(error);
    }
  }
  return { kind: 'failed', reason: 'background-unavailable', detail, fetchedBytes: 0 };
}

async function ask(request: UpscaleRequest): Promise<UpscaleAnswer> {
  const answer: UpscaleAnswer | undefined = await sendMessage('upscale', request);
  if (!answer) throw new Error('the background gave no answer');
  return answer;
}
