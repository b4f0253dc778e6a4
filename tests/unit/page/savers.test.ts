import { describe, expect, it, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createSavers, restReason } from '../../../src/page/savers';
import { restWhile } from '../../../src/settings';

const both = { savingData: true, onBattery: true };
const neither = { savingData: false, onBattery: false };

test.each([
  [neither, { savesData: true, onBattery: true }, null],
  [both, { savesData: false, onBattery: false }, null],
  [both, { savesData: true, onBattery: true }, 'data-saver'],
  [both, { savesData: false, onBattery: true }, 'power-saver'],
  [{ ...neither, onBattery: true }, { savesData: true, onBattery: true }, 'power-saver'],
  [{ ...neither, savingData: true }, { savesData: false, onBattery: true }, null],
] as const)('wants %o while %o: %s', (wanted, conditions, reason) => {
  expect(restReason(wanted, conditions)).toBe(reason);
});

describe('createSavers', () => {
  it('tells of every change of setting and battery', async () => {
    fakeBrowser.reset();
    const battery = Object.assign(new EventTarget(), { charging: true });
    vi.stubGlobal('navigator', { getBattery: async () => battery });
    await restWhile.setValue(both);
    const onChange = vi.fn();
    const end = new AbortController();
    const savers = createSavers(onChange, end.signal);
    battery.charging = false;
    battery.dispatchEvent(new Event('chargingchange'));
    // The battery may be asked for only after that.
    await vi.waitFor(() => expect(savers.reason()).toBe('power-saver'));
    expect(onChange).toHaveBeenCalledTimes(1);
    await restWhile.setValue(neither);
    await vi.waitFor(() => expect(savers.reason()).toBeNull());
    expect(onChange).toHaveBeenCalledTimes(2);
    end.abort();
  });

  it('works where the browser tells nothing', async () => {
    fakeBrowser.reset();
    vi.stubGlobal('navigator', {});
    await restWhile.setValue(both);
    const savers = createSavers(() => undefined, new AbortController().signal);
    expect(savers.reason()).toBeNull();
  });
});
