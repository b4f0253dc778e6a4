import { expect, test, vi } from 'vitest';
import { StepTimes } from '../../../bench/page/step-times';

test('the least of each call, added up, in the order of the steps', async () => {
  const clock = vi.spyOn(performance, 'now');
  let now = 0;
  clock.mockImplementation(() => now);
  const times = new StepTimes();
  const take = (step: string, ms: number) => times.time(step, () => (now += ms));
  for (const [read, first, second] of [
    [9, 20, 3],
    [4, 10, 8],
  ] as const) {
    times.beginRound();
    await take('read', read);
    await take('tile', first);
    await take('tile', second);
  }
  expect(times.totals).toEqual([
    { step: 'read', ms: 4 },
    { step: 'tile', ms: 13 },
  ]);
  clock.mockRestore();
});
