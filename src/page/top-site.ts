// Host name of the top-level page, by which the site rules go. Asking also tells the background that a
// document has begun, so that it forgets the one before.
import { sendMessage } from '../messages';

/** Null when nobody answers. */
export async function topSite(): Promise<string | null> {
  const ask = async () => (await sendMessage('getPageContext', undefined)).topSite;
  // The background may have stopped just when the message came.
  const answer = ask()
    .catch(ask)
    .catch(() => null);
  // Only a frame has to wait for it; the page itself knows.
  return window.top === window ? location.hostname : answer;
}
