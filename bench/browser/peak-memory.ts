// The memory that a browser's processes held at most, from Linux' own books.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Browser } from 'playwright';

const mebibyte = 1024;

/**
 * Resets the high-water marks; the result tells by how many MiB all processes together rose since then: what
 * pages, workers and the GPU process held at their peaks, shared libraries not counted twice since they were
 * there before. Null where the system has no /proc.
 */
export async function watchPeakMemory(browser: Browser): Promise<(() => number) | null> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const ids = processInfo.map(({ id }) => id);
  try {
    for (const id of ids) writeFileSync(`/proc/${id}/clear_refs`, '5');
    const before = ids.reduce((sum, id) => sum + readKilobytes(id, 'VmRSS'), 0);
    return () => {
      const peak = ids.reduce((sum, id) => sum + readKilobytes(id, 'VmHWM'), 0);
      return (peak - before) / mebibyte;
    };
  } catch {
    return null;
  }
}

function readKilobytes(id: number, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${id}/status`, 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]);
}
