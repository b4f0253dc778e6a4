// One structured line per event worth knowing: `upres {"event":"failed","url":…}`.

export type LogFields = Record<string, string | number | boolean | null>;

export function log(event: string, fields: LogFields = {}): void {
  console.info('upres', JSON.stringify({ event, ...fields }));
}
