// The test sets for the page: `/<set>/x<scale>` lists names, `/<set>/x<scale>/<name>/{small,truth}` are RGB bytes.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readTestPairs, testSets, type TestPair } from '../quality/test-pairs';

export function servePairs(dataDir: string) {
  const pairs = new Map<string, Promise<TestPair[] | null>>();
  const read = (setName: string, scale: number) => {
    const set = testSets.find((each) => each === setName);
    if (!set) return Promise.resolve(null);
    const key = `${set} x${scale}`;
    const reading = pairs.get(key) ?? readTestPairs(dataDir, set, scale);
    pairs.set(key, reading);
    return reading;
  };
  return (request: IncomingMessage, response: ServerResponse) => {
    const [, set = '', scale = '', name, part] = decodeURIComponent(request.url ?? '').split('/');
    void read(set, Number(scale.slice(1))).then((found) => {
      if (name === undefined) {
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify((found ?? []).map((pair) => pair.name)));
        return;
      }
      const pair = found?.find((each) => each.name === name);
      if (!pair) {
        response.statusCode = 404;
        response.end();
        return;
      }
      const picture = part === 'small' ? pair.small : pair.truth;
      response.setHeader('x-width', picture.width);
      response.setHeader('x-height', picture.height);
      response.end(picture.data);
    });
  };
}
