// One request to the background, with one more try: it may have stopped just when the message came.
import { sendMessage, type UpscaleAnswer, type UpscaleRequest } from '../messages';

export async function askBackground(
  request: UpscaleRequest,
  signal: AbortSignal,
): Promise<UpscaleAnswer> {
  try {
    return await ask(request);
  } catch {
    if (signal.aborted) return { kind: 'cancelled' };
  }
  try {
    return await ask(request);
  } catch (error) {
    return { kind: 'failed', reason: 'background-unavailable', detail: String(error) };
  }
}

async function ask(request: UpscaleRequest): Promise<UpscaleAnswer> {
  const answer: UpscaleAnswer | undefined = await sendMessage('upscale', request);
  if (!answer) throw new Error('the background gave no answer');
  return answer;
}
