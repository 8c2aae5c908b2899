import { onMeshes } from './situations/meshes.ts';
import { onNetworks } from './situations/networks.ts';
import { onObservability } from './situations/observability.ts';
import { onPlaces } from './situations/places.ts';
import { onScaling } from './situations/scaling.ts';
import type { Situation } from './situations/situation.ts';
import { onValues } from './situations/values-alone.ts';

export const situations: readonly Situation[] = [
  ...onValues,
  ...onScaling,
  ...onObservability,
  ...onMeshes,
  ...onNetworks,
  ...onPlaces,
];
