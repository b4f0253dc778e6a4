// The order of work: tabs that are looked at before others, there what is visible before what is near.
import type { UpscaleRequest } from '../messages';
import type { Origin } from './origin';

/** More than any screen has CSS pixels. */
const maxVisibleArea = 2 ** 40;

export function priorityOf(
  request: Pick<UpscaleRequest, 'priority'>,
  origin: Pick<Origin, 'isActiveTab'>,
): number {
  const visibleArea = Math.min(Math.max(0, request.priority), maxVisibleArea);
  return visibleArea + (origin.isActiveTab ? maxVisibleArea * 2 : 0);
}
