// An address as the popup shows it: never long, and a data: URL only by its type.

const maxLength = 200;

export function shortUrl(url: string): string {
  if (url.startsWith('data:'))
    return (/^data:[^;,]*/.exec(url)?.[0] ?? 'data:').slice(0, maxLength);
  return url.length <= maxLength ? url : `${url.slice(0, maxLength - 1)}…`;
}
