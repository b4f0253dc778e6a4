// Wires the background. Every listener is registered before this returns, since the browser starts the
// background again for the next event and drops those that nobody listens to.
import { browser } from 'wxt/browser';
import { onMessage } from '../messages';
import { log } from '../log';
import { backendChoice, cacheBudgetBytes, enabled, siteRules, threads } from '../settings';
import { checkExtensionSender, checkTabSender } from './origin';
import { dropRefererRules } from './referer-rule';
import { Service } from './service';

/** `signal` ends it; the background of an extension never does. */
export function startService(signal = new AbortController().signal): void {
  const service = new Service();
  const onTabRemoved = (tabId: number) => void service.closeTab(tabId);
  browser.tabs.onRemoved.addListener(onTabRemoved);
  dropRefererRules().catch((error: unknown) =>
    log('referer-rules-not-dropped', { detail: String(error) }),
  );

  const stops = [
    onMessage('getPageContext', ({ sender }) => service.beginPage(checkTabSender(sender))),
    onMessage('upscale', ({ sender, data }) => service.upscale(checkTabSender(sender), data)),
    onMessage('cancel', ({ sender, data }) => service.cancel(checkTabSender(sender), data)),
    onMessage('prioritise', ({ sender, data }) => service.prioritise(checkTabSender(sender), data)),
    onMessage('report', ({ sender, data }) => service.report(checkTabSender(sender), data)),
    onMessage('getStatus', ({ sender }) => {
      checkExtensionSender(sender);
      return service.status();
    }),
    onMessage('clearCache', ({ sender }) => {
      checkExtensionSender(sender);
      return service.clearCache();
    }),
    enabled.watch(() => void service.closeSwitchedOff()),
    siteRules.watch(() => void service.closeSwitchedOff()),
    backendChoice.watch(() => service.restartEngine()),
    threads.watch(() => service.restartEngine()),
    cacheBudgetBytes.watch((budgetBytes) => void service.fitCache(budgetBytes)),
    () => browser.tabs.onRemoved.removeListener(onTabRemoved),
    () => void service.dispose(),
  ];
  signal.addEventListener('abort', () => stops.forEach((stop) => stop()), { once: true });
}
