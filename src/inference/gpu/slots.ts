// Where each result lies on the device: results share a slot when the first is done with before the second is made.
import { readsOf, type Pass } from './passes';

export interface Slots {
  /** Groups of four channels that each slot has room for. */
  groups: number[];
  /** Of each result but the network's input. */
  slotOf: ReadonlyMap<string, number>;
}

export function assignSlots(passes: readonly Pass[], channels: ReadonlyMap<string, number>): Slots {
  const groups: number[] = [];
  const slotOf = new Map<string, number>();
  let free: number[] = [];
  for (const [i, pass] of passes.entries()) {
    const wanted = groupsOf(channels.get(pass.output) ?? 0);
    // Taken before the inputs are given back: no pass may write what it reads.
    const found = free.find((slot) => groups[slot] === wanted);
    const slot = found ?? groups.push(wanted) - 1;
    free = free.filter((other) => other !== slot);
    slotOf.set(pass.output, slot);
    const stillRead = new Set(passes.slice(i + 1).flatMap(readsOf));
    for (const name of readsOf(pass)) {
      const done = slotOf.get(name);
      if (done !== undefined && !stillRead.has(name)) free.push(done);
    }
  }
  return { groups, slotOf };
}

/** Groups of four channels, of which the last may be filled up with zeros. */
export function groupsOf(channels: number): number {
  return Math.ceil(channels / 4);
}
