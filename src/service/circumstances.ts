// What everything remembered of this machine depends on: a new browser or a new version may do better, or worse.
import { browser } from 'wxt/browser';

/** `settings` are those that it depends on besides. */
export function circumstances(...settings: (string | number)[]): string {
  return [navigator.userAgent, browser.runtime.getManifest().version, ...settings].join(' ');
}
