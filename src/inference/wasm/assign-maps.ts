// Which feature maps may lie in the same memory: one is free again after its last reader. So a plain network needs
// two, read and written in turn.
import { inputsOfOperation, type Operation } from './fuse';

export interface AssignedMaps {
  /** Channels of a pixel, by the number of the memory. */
  maps: number[];
  numberOf: (name: string) => number;
}

export interface MapEnds {
  input: string;
  output: string;
}

/** Memory is reused for the same number of channels only, so that the zeros around the map stay where they are. */
export function assignMaps(
  operations: readonly Operation[],
  { input, output }: MapEnds,
  channelsOf: (name: string) => number,
): AssignedMaps {
  const maps: number[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (name: string) => {
    const found = numbers.get(name);
    if (found === undefined) throw new Error(`nothing makes ${name}`);
    return found;
  };
  const free = new Set<number>();
  const place = (name: string) => {
    const wanted = channelsOf(name);
    // The picture and the result are laid out otherwise.
    const mayReuse = name !== input && name !== output;
    const reused = [...free].find((number) => mayReuse && maps[number] === wanted);
    if (reused !== undefined) free.delete(reused);
    numbers.set(name, reused ?? maps.push(wanted) - 1);
  };
  place(input);
  operations.forEach((operation, i) => {
    place(operation.output);
    for (const name of inputsOfOperation(operation)) {
      const isDone = operations
        .slice(i + 1)
        .every((later) => !inputsOfOperation(later).includes(name));
      if (isDone && name !== input) free.add(numberOf(name));
    }
  });
  return { maps, numberOf };
}
