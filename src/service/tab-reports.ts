// Keeps the reports of each tab's frames in session storage, and the badge in step with them.
import { log } from '../log';
import type { FrameReport } from '../messages';
import { tabReport, type TabReport } from '../reports';
import { badgeOf, showBadge } from './badge';
import type { Origin } from './origin';

type Place = Pick<Origin, 'tabId' | 'frameId'>;

/** Writes of one tab wait for each other: each reads, changes and writes the whole item. */
const pending = new Map<number, Promise<void>>();

export function keepReport({ tabId, frameId }: Place, report: FrameReport): Promise<void> {
  return change(tabId, (reports) => ({
    ...withoutGone(reports, frameId, report),
    [frameId]: report,
  }));
}

/** A document has begun: of the one before, and in a tab's top frame of all frames, nothing is left. */
export function dropReport({ tabId, frameId }: Place): Promise<void> {
  return change(tabId, (reports) => {
    const others = Object.entries(reports).filter(
      ([id]) => frameId !== 0 && Number(id) !== frameId,
    );
    return Object.fromEntries(others);
  });
}

export function dropTabReport(tabId: number): Promise<void> {
  return change(tabId, () => ({}));
}

/** With another document at the top, the frames below it were those of the page before. */
function withoutGone(reports: TabReport, frameId: number, report: FrameReport): TabReport {
  const before = reports[frameId];
  const isNewPage =
    frameId === 0 && before !== undefined && before.documentId !== report.documentId;
  return isNewPage ? {} : reports;
}

function change(tabId: number, toNext: (reports: TabReport) => TabReport): Promise<void> {
  const changing = (pending.get(tabId) ?? Promise.resolve()).then(async () => {
    try {
      const item = tabReport(tabId);
      const next = toNext(await item.getValue());
      if (Object.keys(next).length === 0) await item.removeValue();
      else await item.setValue(next);
      await showBadge(tabId, badgeOf(next));
    } catch (error) {
      log('report-not-kept', { tabId, detail: String(error) });
    }
  });
  pending.set(tabId, changing);
  return changing.then(() => {
    if (pending.get(tabId) === changing) pending.delete(tabId);
  });
}
