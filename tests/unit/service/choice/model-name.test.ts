import { expect, it } from 'vitest';
import { parseModelName, type ModelName } from '../../../../src/service/choice/model-name';

it.each<[string, ModelName | null]>([
  ['tiny-x2', { tier: 'tiny', variant: 'photo', scale: 2 }],
  ['fast-x4', { tier: 'fast', variant: 'photo', scale: 4 }],
  ['quality-art-x2', { tier: 'quality', variant: 'art', scale: 2 }],
  ['tiny-x8', null],
  ['huge-x2', null],
  ['tiny-x2-old', null],
  ['', null],
])('%s', (name, expected) => {
  expect(parseModelName(name)).toEqual(expected);
});
