import * as z from 'zod/mini';
import { value } from './documented.ts';

/** What the chart must know of the cluster. */
export const cluster = {
  clusterDomain: value(
    z.string().check(z.regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/)),
    'cluster.local',
    'DNS domain of the cluster. Only names that a mesh or an alert needs in full contain it.',
  ),
};
