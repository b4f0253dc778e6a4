// Backends that gave wrong pixels where another one gave good ones: not tried again until the browser, the
// extension or the user's choice is another.
import { storage } from 'wxt/utils/storage';
import type { BackendName } from '../inference/types';
import { circumstances } from './circumstances';

const item = storage.defineItem<{ circumstances: string; backends: BackendName[] } | null>(
  'local:faultyBackends',
  { fallback: null },
);

/** `setting` is the user's choice of a backend. */
export async function recallFaulty(setting: string): Promise<BackendName[]> {
  const kept = await item.getValue();
  return kept?.circumstances === circumstances(setting) ? kept.backends : [];
}

export async function rememberFaulty(setting: string, backend: BackendName): Promise<void> {
  const backends = new Set([...(await recallFaulty(setting)), backend]);
  await item.setValue({ circumstances: circumstances(setting), backends: [...backends] });
}
