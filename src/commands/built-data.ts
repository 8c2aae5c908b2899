import type { FactName } from '../cluster/facts/facts.ts';
import type { Place } from '../files/read-parts.ts';
import type { PresetFile } from '../values/presets.ts';

// What the build has read and puts here, for it takes long to load what makes it. The sources, where
// these are undefined, make it when they need it.

/** The presets of the package, first those to start from. */
export const builtPresets: readonly PresetFile[] | undefined = undefined;

/** The parts of the facts that the wizard's options come from; see wizard/option-facts.ts. */
export const builtOptionFacts: readonly FactName[] | undefined = undefined;

/** The ids of all checks. */
export const builtCheckIds: readonly string[] | undefined = undefined;

/** Where the schema of the chart's values lies in the chart's archive. */
export const builtSchemaPlaces: readonly Place[] | undefined = undefined;
