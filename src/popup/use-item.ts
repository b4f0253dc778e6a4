// A storage item as Preact state: its value now, and whenever any context changes it.
import type { WxtStorageItem } from 'wxt/utils/storage';
import { useEffect, useState } from 'preact/hooks';

/** The value of `item`, or undefined until it has been read. `item` must stay the same between renders. */
export function useItem<T, M extends Record<string, unknown>>(
  item: WxtStorageItem<T, M>,
): T | undefined {
  const [value, setValue] = useState<T>();
  useEffect(() => {
    let current = true;
    const unwatch = item.watch((changed) => setValue(() => changed));
    void item.getValue().then((read) => {
      if (current) setValue((watched) => watched ?? read);
    });
    return () => {
      current = false;
      unwatch();
    };
  }, [item]);
  return value;
}
