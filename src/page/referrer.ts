// Whether the page has told an image's host where it is, so that the background may say so again. It has
// not where its referrer policy forbids it; what we cannot find out counts as forbidden.

const policies: readonly string[] = [
  'no-referrer',
  'no-referrer-when-downgrade',
  'origin',
  'origin-when-cross-origin',
  'same-origin',
  'strict-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
];

/** What the browsers do for a page that says nothing. */
const defaultPolicy = 'strict-origin-when-cross-origin';

/** Under `policy`, does a request from a document at `from` to `to` name at least its origin? */
export function namesOrigin(policy: string, from: string, to: string): boolean {
  const [source, target] = [new URL(from), new URL(to)];
  const isDowngrade = source.protocol === 'https:' && target.protocol !== 'https:';
  switch (policy) {
    case 'origin':
    case 'origin-when-cross-origin':
    case 'unsafe-url':
      return true;
    case 'no-referrer-when-downgrade':
    case 'strict-origin':
    case 'strict-origin-when-cross-origin':
      return !isDowngrade;
    case 'same-origin':
      return source.origin === target.origin;
    default:
      return false;
  }
}

/** The last policy that browsers know wins; null when none of them is known. */
export function policyOfHeader(header: string): string | null {
  const tokens = header.split(',').map((token) => token.trim().toLowerCase());
  return tokens.findLast((token) => policies.includes(token)) ?? null;
}

/** `ownPolicy`: the image's own `referrerpolicy`, '' when it leaves that to the page. */
export async function pageNamesOrigin(url: string, ownPolicy: string): Promise<boolean> {
  if (self.origin === 'null') return false;
  const policy = ownPolicy === '' ? await documentPolicy() : ownPolicy;
  return policy !== null && namesOrigin(policy, self.origin, url);
}

async function documentPolicy(): Promise<string | null> {
  const metas = document.querySelectorAll<HTMLMetaElement>('meta[name=referrer i]');
  const last = [...metas].at(-1);
  // Old words of that element (`never`, `always`) are no policies here, and so forbid it.
  if (last) return last.content.trim().toLowerCase();
  return headerPolicy();
}

/**
 * The header that the document came with. Only the browser's cache can tell, and nothing is loaded for it: a
 * page that may not be kept, or that has no address of its own, keeps its policy to itself.
 */
async function headerPolicy(): Promise<string | null> {
  const [navigation] = performance.getEntriesByType('navigation');
  if (navigation === undefined || !navigation.name.startsWith('http')) return null;
  try {
    const init = { cache: 'only-if-cached', mode: 'same-origin' } as const;
    const response = await fetch(navigation.name, init);
    await response.body?.cancel();
    if (!response.ok) return null;
    const header = response.headers.get('referrer-policy');
    return header === null ? defaultPolicy : (policyOfHeader(header) ?? defaultPolicy);
  } catch {
    return null;
  }
}
