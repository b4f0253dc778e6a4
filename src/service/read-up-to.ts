// Reads the body of a response up to a ceiling: what it states of its length is not believed, and what lies
// over the ceiling is never held.

export type ReadBody =
  | { kind: 'whole'; bytes: Uint8Array<ArrayBuffer> }
  /** Longer than the ceiling; the rest of it is not read. */
  | { kind: 'too-large'; readBytes: number };

export async function readUpTo(response: Response, maxBytes: number): Promise<ReadBody> {
  if (Number(response.headers.get('content-length')) > maxBytes) {
    await response.body?.cancel();
    return { kind: 'too-large', readBytes: 0 };
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let readBytes = 0;
  // Leaving the loop early cancels the stream.
  for await (const part of response.body ?? []) {
    readBytes += part.length;
    if (readBytes > maxBytes) return { kind: 'too-large', readBytes };
    parts.push(part);
  }
  return { kind: 'whole', bytes: new Uint8Array(await new Blob(parts).arrayBuffer()) };
}
