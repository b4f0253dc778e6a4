// The popup: two switches, what happened on this page, and what runs.
import type { Browser } from 'wxt/browser';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { sendMessage, type HostStatus } from '../messages';
import { tabReport } from '../reports';
import { enabled, siteRules } from '../settings';
import { ImageList } from './image-list';
import { PermissionNotice } from './permission-notice';
import { secondLoadSentence } from './sentences';
import { StatusLine } from './status-line';
import { Switch } from './switch';
import { useItem } from './use-item';

/** Host name of a page where content scripts run, or undefined for the browser's own pages. */
function siteOf(url: string | undefined): string | undefined {
  if (url === undefined || !/^(https?|file):/.test(url)) return undefined;
  return new URL(url).hostname;
}

async function switchSite(site: string, on: boolean): Promise<void> {
  const others = Object.entries(await siteRules.getValue()).filter(([host]) => host !== site);
  await siteRules.setValue(Object.fromEntries(on ? others : [...others, [site, 'off']]));
}

/** The background's status, asked again whenever `trigger` changes. */
function useStatus(trigger: unknown): [HostStatus | undefined, () => void] {
  const [status, setStatus] = useState<HostStatus>();
  const ask = () => void sendMessage('getStatus').then(setStatus, () => setStatus(undefined));
  useEffect(ask, [trigger]);
  return [status, ask];
}

export function Popup({ tab }: { tab: Browser.tabs.Tab }) {
  const reportItem = useMemo(() => tabReport(tab.id ?? -1), [tab.id]);
  const report = useItem(reportItem);
  const on = useItem(enabled);
  const rules = useItem(siteRules);
  const [status, askStatus] = useStatus(report);

  const site = siteOf(tab.url);
  // An id is unique in its frame only.
  const images = Object.entries(report ?? {}).flatMap(([frameId, frame]) =>
    frame.images.map((image) => ({ ...image, id: `${frameId}:${image.id}` })),
  );
  const secondLoad = secondLoadSentence(
    Object.values(report ?? {}).reduce((sum, { fetchedBytes }) => sum + fetchedBytes, 0),
  );
  const working = images.filter((image) => image.state.kind === 'waiting').length;
  // Nothing is drawn before the switches are known, so that none is seen to flip.
  if (on === undefined || rules === undefined) return null;

  return (
    <main aria-busy={working > 0}>
      <h1>Upres</h1>
      <PermissionNotice />
      <Switch
        label="Make images sharp"
        checked={on}
        onChange={(checked) => void enabled.setValue(checked)}
      />
      {site === undefined ? (
        <p class="empty">Extensions do not run on this page.</p>
      ) : (
        <Switch
          label="On this site"
          detail={site || 'local files'}
          checked={rules[site] !== 'off'}
          disabled={!on}
          onChange={(checked) => void switchSite(site, checked)}
        />
      )}
      {site !== undefined && <ImageList images={images} />}
      {secondLoad !== null && <p class="second-load">{secondLoad}</p>}
      <StatusLine
        status={status}
        onClearCache={() => void sendMessage('clearCache').then(askStatus)}
      />
    </main>
  );
}
