import { catalogue } from './checks/catalogue.ts';
import { referenceOf } from './checks/reference.ts';
import { readPresets } from './commands/preset-files.ts';
import { optionFacts } from './commands/wizard/option-facts.ts';
import type { CheckReference, PresetReference } from './plain/reference-lines.ts';

export { optionFacts, readPresets };

/** What commands tell that ask no cluster: written to dist/texts.json at build time. */
export interface OfflineData {
  readonly checks: readonly CheckReference[];
  readonly presets: readonly PresetReference[];
  /** Their files, by name: as files of their own, npm would take longer to install the package. */
  readonly presetTexts: Readonly<Record<string, string>>;
}

/** Gathers it. @param packageRoot the checkout, where `presets/` lies */
export async function offlineData(packageRoot: string): Promise<OfflineData> {
  const presets = await readPresets(packageRoot);
  return {
    checks: catalogue.map(referenceOf),
    presets: presets.map(({ name, title, summary, needs, warnings }) => ({
      name,
      title,
      summary,
      needs,
      warnings,
    })),
    presetTexts: Object.fromEntries(presets.map(({ name, text }) => [name, text])),
  };
}
