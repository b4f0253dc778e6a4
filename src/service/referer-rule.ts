// Sends one request of the background with a Referer, which `fetch` lets no extension set: by a rule of the
// browser for this very URL, for requests of our own and of no tab, taken away again as soon as it is answered.
import { browser } from 'wxt/browser';

let lastId = 0;

export async function withReferer<T>(
  url: string,
  referer: string,
  request: () => Promise<T>,
): Promise<T> {
  const id = ++lastId;
  await browser.declarativeNetRequest.updateSessionRules({
    removeRuleIds: [id],
    addRules: [
      {
        id,
        condition: {
          urlFilter: `|${withoutFragment(url)}|`,
          isUrlFilterCaseSensitive: true,
          resourceTypes: ['xmlhttprequest'],
          initiatorDomains: [new URL(browser.runtime.getURL('/')).hostname],
          tabIds: [noTab],
        },
        action: {
          type: 'modifyHeaders',
          requestHeaders: [{ header: 'referer', operation: 'set', value: referer }],
        },
      },
    ],
  });
  try {
    return await request();
  } finally {
    await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: [id] });
  }
}

/** The browser's number for requests that belong to no tab. */
const noTab = -1;

/** Rules outlive the background: one that stopped half way has left its own behind. */
export async function dropRefererRules(): Promise<void> {
  const rules = await browser.declarativeNetRequest.getSessionRules();
  if (rules.length === 0) return;
  await browser.declarativeNetRequest.updateSessionRules({
    removeRuleIds: rules.map(({ id }) => id),
  });
}

function withoutFragment(url: string): string {
  const { href, hash } = new URL(url);
  return href.slice(0, href.length - hash.length);
}
