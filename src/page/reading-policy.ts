// Firefox holds what a content script reads to the page's `connect-src`, and each refusal is an error in the page's
// console and a report to its server. So after the first one nothing of the page's own origin is asked for again.

export interface ReadingPolicy {
  readonly forbidsOwnOrigin: boolean;
}

export function watchReadingPolicy(signal: AbortSignal): ReadingPolicy {
  let forbidsOwnOrigin = false;
  if (import.meta.env.FIREFOX) {
    document.addEventListener(
      'securitypolicyviolation',
      ({ disposition, effectiveDirective, blockedURI }) => {
        if (disposition !== 'enforce' || effectiveDirective !== 'connect-src') return;
        if (URL.canParse(blockedURI) && new URL(blockedURI).origin === self.origin) {
          forbidsOwnOrigin = true;
        }
      },
      { signal },
    );
  }
  return {
    get forbidsOwnOrigin() {
      return forbidsOwnOrigin;
    },
  };
}
