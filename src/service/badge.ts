// The number on the toolbar button: of images being worked on while there are some, else of sharp ones.
import { browser } from 'wxt/browser';
import type { TabReport } from '../reports';

export interface Badge {
  text: string;
  colour: string;
}

const waitingColour = '#b26a00';
const upscaledColour = '#1b6e3c';
/** More digits do not fit. */
const maxShown = 999;

export function badgeOf(report: TabReport): Badge {
  const states = Object.values(report).flatMap(({ images }) =>
    images.map(({ state }) => state.kind),
  );
  const count = (kind: string) => states.filter((state) => state === kind).length;
  const waiting = count('waiting');
  return waiting > 0
    ? { text: toText(waiting), colour: waitingColour }
    : { text: toText(count('upscaled')), colour: upscaledColour };
}

/** A tab that has gone meanwhile has no badge; that is no error. */
export async function showBadge(tabId: number, { text, colour }: Badge): Promise<void> {
  await Promise.allSettled([
    browser.action.setBadgeText({ tabId, text }),
    browser.action.setBadgeBackgroundColor({ tabId, color: colour }),
    browser.action.setBadgeTextColor({ tabId, color: '#ffffff' }),
  ]);
}

function toText(count: number): string {
  if (count === 0) return '';
  return count > maxShown ? `${maxShown}+` : String(count);
}
