// What is watched, and how much it may grow in an hour and still be called flat.
import type { Sample } from './sample';

export interface Measure {
  key: Exclude<keyof Sample, 'minutes'>;
  title: string;
  unit: 'MB' | 'count';
  /** In the unit. */
  maxGrowthPerHour: number;
}

export const measures: Measure[] = [
  {
    key: 'workerHeap',
    title: 'JavaScript heap of the background',
    unit: 'MB',
    maxGrowthPerHour: 2,
  },
  { key: 'workerBuffers', title: 'Buffers of the background', unit: 'MB', maxGrowthPerHour: 2 },
  {
    key: 'extensionResident',
    title: 'Process of the extension at rest',
    unit: 'MB',
    maxGrowthPerHour: 20,
  },
  {
    key: 'browserResident',
    title: 'All processes of the browser',
    unit: 'MB',
    maxGrowthPerHour: 100,
  },
  {
    key: 'pageHeap',
    title: 'JavaScript heap of the page that stays',
    unit: 'MB',
    maxGrowthPerHour: 2,
  },
  { key: 'pageNodes', title: 'Its DOM nodes', unit: 'count', maxGrowthPerHour: 100 },
  { key: 'pageListeners', title: 'Its listeners', unit: 'count', maxGrowthPerHour: 20 },
  { key: 'pageDocuments', title: 'Its documents', unit: 'count', maxGrowthPerHour: 2 },
  { key: 'blobs', title: 'Blobs in the browser', unit: 'count', maxGrowthPerHour: 10 },
  { key: 'tensors', title: 'Tensors of tfjs while it works', unit: 'count', maxGrowthPerHour: 0 },
  { key: 'threads', title: 'Threads while it works', unit: 'count', maxGrowthPerHour: 0 },
  {
    key: 'extensionBusy',
    title: 'Process of the extension while it works',
    unit: 'MB',
    maxGrowthPerHour: 40,
  },
  { key: 'threadsAtRest', title: 'Threads at rest', unit: 'count', maxGrowthPerHour: 0 },
  {
    key: 'contextsAtRest',
    title: 'Contexts of the extension at rest',
    unit: 'count',
    maxGrowthPerHour: 0,
  },
];

export const inUnit = ({ key, unit }: Measure, sample: Sample): number =>
  unit === 'MB' ? sample[key] / 1e6 : sample[key];
