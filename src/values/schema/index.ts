import * as z from 'zod/mini';
import { autoscaling } from './autoscaling.ts';
import { cluster } from './cluster.ts';
import { common } from './common.ts';
import { dispatch } from './dispatch.ts';
import { executor } from './executor.ts';
import { extra } from './extra.ts';
import { ingress } from './ingress.ts';
import { keda } from './keda.ts';
import { metrics } from './metrics.ts';
import { monitoring } from './monitoring.ts';
import { networkPolicy } from './network-policy.ts';
import { probes } from './probes.ts';
import { resources } from './resources.ts';
import { disruption, scheduling } from './scheduling.ts';
import { security } from './security.ts';
import { server } from './server.ts';
import { service } from './service.ts';
import { serviceMesh } from './service-mesh.ts';
import { persistence, storage } from './storage.ts';
import { tests } from './tests.ts';
import { vpa } from './vpa.ts';
import { workload } from './workload.ts';

export { backends } from './dispatch.ts';
export { type Documentation, documentation } from './documented.ts';

/** The values by subject, in the order in which values.yaml and the tables show them. */
export const groups = [
  { title: 'Common', shape: common },
  { title: 'Dispatch backend', shape: dispatch },
  { title: 'Server', shape: server },
  { title: 'Concurrency and performance', shape: executor },
  { title: 'Storage (raft backend)', shape: storage },
  { title: 'Persistence (other backends)', shape: persistence },
  { title: 'Resources', shape: resources },
  { title: 'Service', shape: service },
  { title: 'Ingress and Gateway API', shape: ingress },
  { title: 'Metrics', shape: metrics },
  { title: 'Monitoring', shape: monitoring },
  { title: 'Service mesh', shape: serviceMesh },
  { title: 'Network policy', shape: networkPolicy },
  { title: 'Horizontal autoscaling', shape: autoscaling },
  { title: 'KEDA', shape: keda },
  { title: 'Vertical autoscaling', shape: vpa },
  { title: 'Pods', shape: workload },
  { title: 'Probes', shape: probes },
  { title: 'Scheduling', shape: scheduling },
  { title: 'Disruption budget', shape: disruption },
  { title: 'Security and service account', shape: security },
  { title: 'Environment and volumes', shape: extra },
  { title: 'Cluster', shape: cluster },
  { title: 'Tests', shape: tests },
] as const;

/**
 * All values of the chart. The one source of the TypeScript type, of the chart's
 * values.yaml, values.schema.json and parameter tables, and of our messages.
 * Parsing fills in the defaults; it changes nothing else.
 */
export const valuesSchema = z.strictObject({
  ...common,
  ...dispatch,
  ...server,
  ...executor,
  ...storage,
  ...persistence,
  ...resources,
  ...service,
  ...ingress,
  ...metrics,
  ...monitoring,
  ...serviceMesh,
  ...networkPolicy,
  ...autoscaling,
  ...keda,
  ...vpa,
  ...workload,
  ...probes,
  ...scheduling,
  ...disruption,
  ...security,
  ...extra,
  ...cluster,
  ...tests,
});

/** The values of a release with every default in place. */
export type Values = z.output<typeof valuesSchema>;
