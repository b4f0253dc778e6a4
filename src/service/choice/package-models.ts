// Which models the package has. Its list is written when the extension is built.
import { browser } from 'wxt/browser';
import { parseModelName, type ModelName } from './model-name';

export type PackageModel = ModelName & { model: string };

let listing: Promise<PackageModel[]> | null = null;

/** Read once per start of the background. */
export function packageModels(): Promise<PackageModel[]> {
  listing ??= readList().catch((error: unknown) => {
    listing = null;
    throw error;
  });
  return listing;
}

async function readList(): Promise<PackageModel[]> {
  const path = '/models/index.json';
  const response = await fetch(new URL(path, browser.runtime.getURL('/')));
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  const names = (await response.json()) as string[];
  return names.flatMap((model) => {
    const name = parseModelName(model);
    return name ? [{ ...name, model }] : [];
  });
}
