// Reads `srcset` as HTML does, and says which candidate an image shows.

export type Candidate = { url: string } & (
  { kind: 'density'; density: number } | { kind: 'width'; width: number }
);

export function parseSrcset(srcset: string): Candidate[] {
  const candidates: Candidate[] = [];
  let rest = srcset;
  for (;;) {
    rest = rest.replace(/^[\s,]+/, '');
    if (rest === '') return candidates;
    const url = /^\S+/.exec(rest)?.[0] ?? '';
    rest = rest.slice(url.length);
    // A comma at the end of the URL closes the candidate; elsewhere in the URL it is part of it.
    if (url.endsWith(',')) {
      candidates.push({ kind: 'density', density: 1, url: url.replace(/,+$/, '') });
      continue;
    }
    const descriptors = /^[^,]*/.exec(rest)?.[0] ?? '';
    rest = rest.slice(descriptors.length);
    const candidate = withDescriptors(url, descriptors.trim().split(/\s+/));
    if (candidate) candidates.push(candidate);
  }
}

function withDescriptors(url: string, descriptors: string[]): Candidate | null {
  const width = descriptors.find((descriptor) => /^\d+w$/.test(descriptor));
  if (width) return { kind: 'width', width: parseInt(width, 10), url };
  const density = descriptors.find((descriptor) => descriptor.endsWith('x'));
  if (density) return { kind: 'density', density: parseFloat(density), url };
  return descriptors.every((descriptor) => descriptor === '')
    ? { kind: 'density', density: 1, url }
    : null;
}

/** The candidate of `srcset` whose address is `currentSrc`. */
export function findCandidate(srcset: string, currentSrc: string, base: string): Candidate | null {
  for (const candidate of parseSrcset(srcset)) {
    if (URL.parse(candidate.url, base)?.href === currentSrc) return candidate;
  }
  return null;
}
