// Host name of the top-level page, by which the site rules go.
import { sendMessage } from '../messages';

export async function topSite(): Promise<string> {
  // Only a frame has to ask; the page itself knows, and need not wake the background.
  if (window.top === window) return location.hostname;
  const ask = async () => (await sendMessage('getPageContext', undefined)).topSite;
  // The background may have stopped just when the message came.
  return ask().catch(ask);
}
