// Whether Upres is on, everywhere and for one site.
import { enabled, siteRules } from '../settings';

export async function isOn(topSite: string): Promise<boolean> {
  const [everywhere, rules] = await Promise.all([enabled.getValue(), siteRules.getValue()]);
  return everywhere && !Object.hasOwn(rules, topSite);
}
