import { describe, expect, it } from 'vitest';
import { keysToEvict, totalBytes } from '../../../src/cache/evict';

const entry = (key: string, bytes: number, usedAt: number) => ({ key, bytes, usedAt });
const three = [entry('new', 30, 3), entry('old', 10, 1), entry('middle', 20, 2)];

describe('keysToEvict', () => {
  it.each([
    ['nothing stored', [], 100, 0, []],
    ['all fits exactly', three, 60, 0, []],
    ['one byte too many: the oldest goes', three, 59, 0, ['old']],
    ['room for a new result', three, 60, 11, ['old', 'middle']],
    ['stops as soon as it fits', three, 45, 0, ['old', 'middle']],
    ['a budget of nothing empties it', three, 0, 0, ['old', 'middle', 'new']],
    ['more room than the budget empties it', three, 10, 1000, ['old', 'middle', 'new']],
  ])('%s', (_name, entries, budgetBytes, roomBytes, expected) => {
    expect(keysToEvict(entries, budgetBytes, roomBytes)).toEqual(expected);
  });

  it('sums bytes', () => {
    expect(totalBytes(three)).toBe(60);
  });
});
