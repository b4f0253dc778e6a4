// The state of each tab's images, kept in session storage: it outlives a stop of the background, not the
// browser, and the popup can watch it. Written by the background alone.
import { storage } from 'wxt/utils/storage';
import type { FrameReport } from './messages';

/** Reports of a tab by frame id. */
export type TabReport = Record<number, FrameReport>;

export const tabReport = (tabId: number) =>
  storage.defineItem<TabReport>(`session:report:${tabId}`, { fallback: {} });
