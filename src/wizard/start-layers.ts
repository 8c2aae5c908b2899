import type { Layer, Layers } from '../values/layers.ts';
import type { Draft } from './draft.ts';
import type { World } from './state.ts';

/** What runs, as a layer; empty where nothing does or the change leaves it out. */
export function liveLayers(draft: Pick<Draft, 'intent' | 'resetValues'>, live: World['live']) {
  if (draft.intent !== 'change' || draft.resetValues || !live) return [];
  const { revision, values } = live;
  return [{ origin: { kind: 'live', revision }, values }] satisfies Layers;
}

/** Presets and files of a draft, as far as they are known by now. */
export function startLayers(
  { presets, files }: Pick<Draft, 'presets' | 'files'>,
  world: Pick<World, 'presets' | 'files'>,
): Layers {
  return [
    ...presets.flatMap((name): Layer[] => {
      const preset = world.presets.find((known) => known.name === name);
      return preset ? [{ origin: { kind: 'preset', name }, values: preset.values }] : [];
    }),
    ...files.flatMap((path): Layer[] => {
      const read = world.files[path];
      return read?.state === 'read'
        ? [{ origin: { kind: 'file', path }, values: read.values }]
        : [];
    }),
  ];
}
