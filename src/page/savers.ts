// The user saves data or power, and wants Upres to rest then. What is sharp already stays.
import type { SkipReason } from '../reasons';
import { restWhile, type RestWhile } from '../settings';

export interface Savers {
  /** Why no work is to begin now; null if it may. */
  reason(): Extract<SkipReason, 'data-saver' | 'power-saver'> | null;
}

interface Conditions {
  savesData: boolean;
  onBattery: boolean;
}

export function restReason(wanted: RestWhile, { savesData, onBattery }: Conditions) {
  if (wanted.savingData && savesData) return 'data-saver';
  return wanted.onBattery && onBattery ? 'power-saver' : null;
}

/** Firefox tells neither, and the battery is told to pages with TLS alone: there nothing rests. */
interface Telling {
  connection?: EventTarget & { saveData?: boolean };
  getBattery?(): Promise<EventTarget & { charging: boolean }>;
}

/** `onChange` is called when the reason is another. */
export function createSavers(onChange: () => void, signal: AbortSignal): Savers {
  const { connection } = navigator as Telling;
  let wanted: RestWhile = restWhile.fallback;
  let battery: { charging: boolean } | null = null;
  let asked = false;
  let last: ReturnType<typeof restReason> = null;

  const reason = () =>
    restReason(wanted, {
      savesData: connection?.saveData === true,
      onBattery: battery?.charging === false,
    });
  const update = () => {
    if (signal.aborted || reason() === last) return;
    last = reason();
    onChange();
  };
  const setWanted = (value: RestWhile) => {
    wanted = value;
    if (wanted.onBattery) askForBattery();
    update();
  };
  const askForBattery = () => {
    if (asked) return;
    asked = true;
    (navigator as Telling).getBattery?.().then(
      (found) => {
        battery = found;
        found.addEventListener('chargingchange', update, { signal });
        update();
      },
      // A page's policy may forbid it.
      () => undefined,
    );
  };

  connection?.addEventListener('change', update, { signal });
  // Watched first: what is read may be older than what is watched.
  let isNew = false;
  const stop = restWhile.watch((value) => {
    isNew = true;
    setWanted(value);
  });
  signal.addEventListener('abort', stop);
  void restWhile.getValue().then((value) => {
    if (!isNew) setWanted(value);
  });
  return { reason };
}
