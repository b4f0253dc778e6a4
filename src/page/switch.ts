// On or off, by the settings. Runs `run` with a signal that aborts when it is turned off, and again when on.
import { enabled, limits, siteRules, leaveText, strength, type Limits } from '../settings';
import { topSite } from './top-site';

export async function whileOn(
  run: (limits: Limits, signal: AbortSignal) => void,
  signal: AbortSignal,
): Promise<void> {
  let running: { by: string; stop: AbortController } | null = null;
  let site: Promise<string | null> | null = null;

  const update = async () => {
    const isEnabled = await enabled.getValue();
    if (isEnabled) site ??= topSite();
    const isOn = isEnabled && isAllowed(await site, await siteRules.getValue());
    const values = await limits.getValue();
    // They change what comes of images, so those of the page are asked for again.
    const by = JSON.stringify([values, await strength.getValue(), await leaveText.getValue()]);
    if (signal.aborted) return;

    if (running && (!isOn || running.by !== by)) {
      running.stop.abort();
      running = null;
    }
    if (isOn && !running) {
      running = { by, stop: new AbortController() };
      run(values, running.stop.signal);
    }
  };

  const items = [enabled, siteRules, limits, strength, leaveText];
  const unwatch = items.map((item) => item.watch(() => void queued()));
  signal.addEventListener('abort', () => {
    running?.stop.abort();
    for (const stop of unwatch) stop();
  });

  // One after the other, so that an older answer never wins over a newer one.
  let last: Promise<void> = Promise.resolve();
  const queued = () => (last = last.then(update, update));
  await queued();
}

/** A frame that does not know its site stays off as soon as any site is to be off. */
function isAllowed(site: string | null, rules: Record<string, 'off'>): boolean {
  return site === null ? Object.keys(rules).length === 0 : !Object.hasOwn(rules, site);
}
