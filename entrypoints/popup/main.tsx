// The toolbar popup. `?tab=ID` shows another tab than the active one (the popup opened as a page of its own).
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { Popup } from '../../src/popup/popup';

async function shownTab() {
  const asked = new URLSearchParams(location.search).get('tab');
  if (asked !== null) return await browser.tabs.get(Number(asked));
  const [active] = await browser.tabs.query({ active: true, currentWindow: true });
  if (!active) throw new Error('the browser has no active tab');
  return active;
}

const root = document.getElementById('app');
if (!root) throw new Error('the page has no #app');
render(<Popup tab={await shownTab()} />, root);
