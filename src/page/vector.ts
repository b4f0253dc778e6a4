// Vector images known by name alone; the background finds out the rest from the bytes.

export const isVectorType = (mimeType: string) => /^image\/svg\b/i.test(mimeType);

export function isVectorUrl(url: string): boolean {
  if (url.startsWith('data:')) return isVectorType(url.slice('data:'.length));
  return /\.svgz?$/i.test(new URL(url).pathname);
}
