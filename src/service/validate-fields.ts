// Fields of a message, refused by an error that names them.

export function record(data: unknown, name: string): Record<string, unknown> {
  if (typeof data !== 'object' || data === null) throw refusal(name);
  return data as Record<string, unknown>;
}

export function text(data: unknown, name: string, maxLength: number): string {
  if (typeof data !== 'string' || data.length > maxLength) throw refusal(name);
  return data;
}

export function number(data: unknown, name: string): number {
  if (typeof data !== 'number' || !Number.isFinite(data)) throw refusal(name);
  return data;
}

export function oneOf<T>(data: unknown, allowed: readonly T[], name: string): T {
  const found = allowed.find((value) => value === data);
  if (found === undefined) throw refusal(name);
  return found;
}

export function refusal(what: string): Error {
  return new Error(`message refused: ${what}`);
}
