import type { Origin } from '../../../src/service/origin';

export function origin(change: Partial<Origin> = {}): Origin {
  return {
    tabId: 1,
    frameId: 0,
    documentId: 'A',
    topSite: 'site.example',
    frameHost: 'site.example',
    frameOrigin: 'https://site.example',
    isPrivateWindow: false,
    ...change,
  };
}
