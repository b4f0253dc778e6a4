// Whether the browser's cache may hold a response. The browsers do not tell extensions where an answer came
// from (Chromium has no timing entries for content scripts), but asked for what the cache has, they take from
// there all but this.

export function mayBeKept({ headers }: Response): boolean {
  return !/\bno-store\b/i.test(headers.get('cache-control') ?? '');
}
