import type { PresetFile } from './preset-files.ts';

/**
 * The presets of the package, first those to start from. The build puts here what it has read, since
 * nobody changes them and the parser takes time to load; the sources read the files.
 */
export const builtPresets: readonly PresetFile[] | undefined = undefined;
