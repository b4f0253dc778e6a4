import { expect, it } from 'vitest';
import { PageBudgets, usedAt } from '../../../src/service/page-budget';

it.each([
  ['at once', { usedMs: 500, at: 1000 }, 1000, 500],
  ['a tenth of the time is given back', { usedMs: 500, at: 1000 }, 2000, 400],
  ['and never more than was used', { usedMs: 500, at: 1000 }, 100_000, 0],
])('%s', (_name, use, now, expected) => {
  expect(usedAt(use, now)).toBe(expected);
});

it('ends the work of one page, until time has passed or another page begins', () => {
  const budgets = new PageBudgets();
  const isSpent = (tabId: number, now: number) => budgets.isSpent(tabId, 100, now);
  expect(isSpent(1, 0)).toBe(false);
  budgets.charge(1, 60, 0);
  budgets.charge(1, 60, 0);
  expect([isSpent(1, 0), isSpent(2, 0)]).toEqual([true, false]);
  expect(isSpent(1, 201)).toBe(false);
  budgets.charge(1, 60, 201);
  expect(isSpent(1, 201)).toBe(true);
  budgets.forget(1);
  expect(isSpent(1, 201)).toBe(false);
});
