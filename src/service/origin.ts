// Who sent a message. What the browser states of the sender is believed, what the message says is not.
import { browser } from 'wxt/browser';

/** The part of `runtime.MessageSender` that we read. */
export interface Sender {
  id?: string | undefined;
  url?: string | undefined;
  origin?: string | undefined;
  frameId?: number | undefined;
  documentId?: string | undefined;
  tab?: { id?: number | undefined; url?: string | undefined; incognito: boolean } | undefined;
}

/** The document that a message came from, as the browser states it. */
export interface Origin {
  tabId: number;
  frameId: number;
  /** '' where the browser does not tell. */
  documentId: string;
  /** Host name of the top-level page, '' when it has none. */
  topSite: string;
  /** Host name of the document itself. */
  frameHost: string;
  /** Its origin, '' where it is opaque. */
  frameOrigin: string;
  isPrivateWindow: boolean;
}

export function checkExtensionSender(sender: Sender): void {
  if (sender.id !== browser.runtime.id) throw new Error('message refused: sender');
}

export function checkTabSender(sender: Sender): Origin {
  checkExtensionSender(sender);
  const { tab } = sender;
  if (tab?.id === undefined || sender.frameId === undefined) {
    throw new Error('message refused: sender without a tab');
  }
  return {
    tabId: tab.id,
    frameId: sender.frameId,
    documentId: sender.documentId ?? '',
    topSite: hostOf(tab.url),
    frameHost: hostOf(sender.origin) || hostOf(sender.url),
    frameOrigin: originOf(sender),
    isPrivateWindow: tab.incognito,
  };
}

/** Firefox states no origin; an address without a host makes none. */
function originOf({ origin, url }: Sender): string {
  const stated = origin ?? url;
  const found = stated !== undefined && URL.canParse(stated) ? new URL(stated) : null;
  return found !== null && /^https?:$/.test(found.protocol) ? found.origin : '';
}

/** '' for what is no URL, has no host, or is an opaque origin ('null'). */
export function hostOf(url: string | undefined): string {
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : '';
}
