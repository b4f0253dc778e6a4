// What real servers put around a body: pages with gzip, pictures with validators, lifetimes and types.
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Answer } from '../../fixtures/routes';
import { pictureAt } from './pictures';

export const text = (type: string, body: string, headers: Record<string, string> = {}): Answer => ({
  status: 200,
  headers: {
    'content-type': `${type}; charset=utf-8`,
    'content-encoding': 'gzip',
    vary: 'Accept-Encoding',
    ...headers,
  },
  body: gzipSync(body),
});

export const html = (body: string, headers: Record<string, string> = {}): Answer =>
  text('text/html', body, { 'cache-control': 'no-cache', ...headers });

export const refused = (status: 401 | 403 | 404, why: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain' },
  body: why,
});

export const redirect = (location: string): Answer => ({
  status: 302,
  headers: { location },
  body: '',
});

/** The picture that the path names, as a content delivery network would serve it; undefined if there is none. */
export async function picture(
  path: string,
  requestHeaders: IncomingHttpHeaders,
  headers: Record<string, string> = {},
): Promise<Answer | undefined> {
  const image = await pictureAt(path);
  if (!image) return undefined;
  const etag = `"${createHash('sha1').update(image.body).digest('hex').slice(0, 16)}"`;
  const sent = {
    'content-type': image.type,
    'cache-control': 'public, max-age=86400',
    etag,
    ...headers,
  };
  return requestHeaders['if-none-match'] === etag
    ? { status: 304, headers: sent, body: '' }
    : { status: 200, headers: sent, body: image.body };
}

/** The body in `parts`, a turn of the event loop between them, as over a slow line. */
export function inParts({ body, ...rest }: Answer, parts: number): Answer {
  if (!Buffer.isBuffer(body)) return { ...rest, body };
  const length = Math.ceil(body.length / parts);
  async function* chunks(whole: Buffer) {
    for (let at = 0; at < whole.length; at += length) {
      yield whole.subarray(at, at + length);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  return { ...rest, body: chunks(body) };
}
