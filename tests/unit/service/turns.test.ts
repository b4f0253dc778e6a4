import { expect, it } from 'vitest';
import { nextTurn, type Attention, type Claim } from '../../../src/service/turns';

const claim = (tabId: number, visibleArea: number): Claim => ({ tabId, visibleArea });

interface Case {
  waiting: Claim[];
  /** By tab; shown unless told. */
  attention?: Record<number, Attention>;
  servedMs?: Record<number, number>;
  /** Its index. */
  next: number;
}

it.each<[string, Case]>([
  ['what shows most', { waiting: [claim(1, 10), claim(1, 30), claim(1, 20)], next: 1 }],
  ['what is in view before what is near', { waiting: [claim(1, 0), claim(1, 1)], next: 1 }],
  ['the first among equals', { waiting: [claim(1, 0), claim(1, 0)], next: 0 }],
  [
    'a shown tab before a hidden one, however much that shows',
    { waiting: [claim(1, 900), claim(2, 0)], attention: { 1: 'hidden' }, next: 1 },
  ],
  [
    'a hidden one when there is nothing else',
    { waiting: [claim(1, 0)], attention: { 1: 'hidden' }, next: 0 },
  ],
  [
    'in view elsewhere before near in the window in front',
    { waiting: [claim(1, 0), claim(2, 5)], attention: { 1: 'focused' }, next: 1 },
  ],
  [
    'the tab that has had less',
    { waiting: [claim(1, 900), claim(2, 5)], servedMs: { 1: 100, 2: 99 }, next: 1 },
  ],
  [
    'the tab in front until it has had four times as much',
    {
      waiting: [claim(1, 5), claim(2, 900)],
      attention: { 1: 'focused' },
      servedMs: { 1: 399, 2: 100 },
      next: 0,
    },
  ],
  [
    'and then the other',
    {
      waiting: [claim(1, 900), claim(2, 5)],
      attention: { 1: 'focused' },
      servedMs: { 1: 401, 2: 100 },
      next: 1,
    },
  ],
])('%s', (_name, { waiting, attention = {}, servedMs = {}, next }) => {
  const turn = nextTurn(
    waiting,
    (tabId) => attention[tabId] ?? 'shown',
    (tabId) => servedMs[tabId] ?? 0,
  );
  expect(turn).toBe(waiting[next]);
});

it('nobody when nobody waits', () => {
  expect(
    nextTurn(
      [],
      () => 'shown',
      () => 0,
    ),
  ).toBeUndefined();
});
