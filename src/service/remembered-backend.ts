// The backend that passed the probe, kept so that not every start of the background has to try them all.
import { storage } from 'wxt/utils/storage';
import type { BackendName, ProbeEntry } from '../inference/types';
import { circumstances } from './circumstances';

export interface RememberedBackend {
  backend: BackendName;
  /** What became of all candidates, for the popup. */
  probe: ProbeEntry[];
}

const item = storage.defineItem<(RememberedBackend & { circumstances: string }) | null>(
  'local:rememberedBackend',
  // Version 1 called the backends of tfjs by the names that ours have now.
  { fallback: null, version: 2, migrations: { 2: () => null } },
);

/** `setting` is the user's choice of a backend. */
export async function recallBackend(setting: string): Promise<RememberedBackend | null> {
  const remembered = await item.getValue();
  return remembered?.circumstances === circumstances(setting) ? remembered : null;
}

export function rememberBackend(setting: string, remembered: RememberedBackend): Promise<void> {
  return item.setValue({ ...remembered, circumstances: circumstances(setting) });
}
