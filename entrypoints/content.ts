// In every frame: finds images and swaps them. Off, or the extension gone, is one abort.
import { defineContentScript } from 'wxt/utils/define-content-script';
import { startPage } from '../src/page/start';

export default defineContentScript({
  matches: ['<all_urls>'],
  allFrames: true,
  matchAboutBlank: true,
  // Frames at blob: and data: too.
  matchOriginAsFallback: true,
  runAt: 'document_start',
  // The page could hear that message, and its name gives the extension away.
  noScriptStartedPostMessage: true,
  main(ctx) {
    startPage(ctx.signal);
  },
});
