import * as z from 'zod/mini';
import { readYaml } from '../../../values/read-yaml.ts';
import { mapOf, objectMetadata, optionalText, text } from '../../objects/parts.ts';
import { configMap } from '../../objects.ts';
import {
  type AddOnWorkload,
  type Controller,
  readWorkloads,
  toController,
} from '../controllers.ts';
import { gathering, take, takeAll, takeIfThere } from '../gathering.ts';
import { readNamespaceMetadata } from '../namespace-object.ts';
import { emptyWhereAbsent, type FactReader } from '../reader.ts';
import { byLabels, byName } from '../selectors.ts';
import { readGroups, servedVersion } from '../served.ts';
import { readWebhookConfigurations } from './webhooks.ts';

/** Istio's labels of a control plane's revision, and of a tag that stands for one. */
const revisionLabel = 'istio.io/rev';
const tagLabel = 'istio.io/tag';

/** What of the mesh's configuration counts. Source: istio.io, reference of MeshConfig. */
const meshConfig = z.object({
  outboundTrafficPolicy: z._default(z.object({ mode: z._default(z.string(), 'ALLOW_ANY') }), {
    mode: 'ALLOW_ANY',
  }),
  enablePrometheusMerge: z._default(z.boolean(), true),
  trustDomain: z._default(z.string(), 'cluster.local'),
  rootNamespace: optionalText,
});

const peerAuthentication = z.object({
  metadata: objectMetadata,
  spec: z._default(
    z.object({
      selector: z.optional(z.nullable(z.object({ matchLabels: mapOf(z.string()) }))),
      mtls: z.optional(z.nullable(z.object({ mode: text }))),
    }),
    {},
  ),
});

const defaultRoot = 'istio-system';

const absent = {
  served: false,
  revisions: [],
  tags: {},
  injectsNamespace: '',
  peers: null,
  ambient: false,
  cni: false,
};

export const gatherIstio = gathering<'istio'>(async ({ reader, subject }) => {
  const groups = await readGroups(reader);
  if (!groups.some(({ name }) => name === 'networking.istio.io')) return absent;
  const [istiods, webhooks, ztunnels, cnis, namespace] = await takeAll([
    readWorkloads(reader, 'deployments', byLabels('app=istiod')),
    readWebhookConfigurations(reader, 'mutating'),
    readWorkloads(reader, 'daemonsets', byName('ztunnel')),
    readWorkloads(reader, 'daemonsets', byName('istio-cni-node')),
    readNamespaceMetadata(reader, subject.namespace),
  ]);
  const read = await Promise.all(istiods.map((one) => readRevision(reader, one)));
  const { rootNamespace: _, ...usualMesh } = parseMesh(undefined);
  const inCluster = read.map(({ root: _, ...one }) => one);
  // Who may not list webhooks does not see tags, nor control planes outside of the cluster.
  const injectors = webhooks.ok ? webhooks.value.map(({ metadata }) => metadata.labels) : [];
  const tags = Object.fromEntries(
    injectors.flatMap((labels) => {
      const [tag, revision] = [labels[tagLabel], labels[revisionLabel]];
      return tag && revision ? [[tag, revision]] : [];
    }),
  );
  const own = new Set(inCluster.map(({ revision }) => revision));
  const elsewhere = [...new Set(injectors.flatMap((labels) => labels[revisionLabel] ?? []))]
    .filter((revision) => !own.has(revision))
    .filter((revision) => injectsFromOutside(webhooks, revision));
  const revisions = [
    ...inCluster,
    // Its configuration is where it runs.
    ...elsewhere.map((revision) => ({
      revision,
      controller: null,
      ...usualMesh,
      outboundPolicy: '',
    })),
  ];
  const peers = await readPeers(reader, subject.namespace, read[0]?.root ?? defaultRoot);
  const wanted = wantedRevision(take(namespace).labels);
  const names = new Set(revisions.map(({ revision }) => revision));
  const injects = wanted === undefined ? '' : (tags[wanted] ?? wanted);
  // Only a tag could resolve it, and tags cannot be seen.
  if (injects && !names.has(injects)) take(webhooks);
  return {
    served: true,
    revisions,
    tags,
    injectsNamespace: names.has(injects) ? injects : '',
    peers,
    ambient: ztunnels.length > 0,
    cni: cnis.length > 0,
  };
});

/** A webhook that calls a URL belongs to a control plane that runs elsewhere. */
function injectsFromOutside(
  webhooks: Awaited<ReturnType<typeof readWebhookConfigurations>>,
  revision: string,
): boolean {
  return (
    webhooks.ok &&
    webhooks.value.some(
      ({ metadata, webhooks: calls }) =>
        metadata.labels[revisionLabel] === revision && calls.some((one) => one.clientConfig.url),
    )
  );
}

async function readRevision(reader: FactReader, istiod: AddOnWorkload) {
  const controller: Controller = toController(istiod);
  const revision = istiod.metadata.labels[revisionLabel] || 'default';
  const name = revision === 'default' ? 'istio' : `istio-${revision}`;
  const path = `/api/v1/namespaces/${encodeURIComponent(controller.namespace)}/configmaps/${name}`;
  const config = takeIfThere(await reader.get(path, configMap));
  const { rootNamespace, ...mesh } = parseMesh(config?.data.mesh);
  return { revision, controller, ...mesh, root: rootNamespace || controller.namespace };
}

/**
 * The mode that counts for pods that no PeerAuthentication selects: of the namespace, then of the
 * mesh. Source: https://istio.io/latest/docs/concepts/security/#peer-authentication
 */
async function readPeers(reader: FactReader, namespace: string, root: string) {
  const version = await servedVersion(reader, 'security.istio.io');
  if (!version) return null;
  const read = async (space: string) => {
    const path = `/apis/security.istio.io/${version}/namespaces/${encodeURIComponent(space)}/peerauthentications`;
    return emptyWhereAbsent(await reader.list(path, peerAuthentication));
  };
  const [own, all] = await Promise.all([read(namespace), read(root)]);
  if (!own.ok || !all.ok) return null;
  const first = [...own.value, ...all.value].find(
    ({ spec }) => !selectsPods(spec.selector) && !['', 'UNSET'].includes(spec.mtls?.mode ?? ''),
  );
  return first
    ? {
        mode: first.spec.mtls?.mode ?? '',
        source: `${first.metadata.namespace}/${first.metadata.name}`,
      }
    : { mode: 'PERMISSIVE', source: '' };
}

const selectsPods = (selector: z.infer<typeof peerAuthentication>['spec']['selector']) =>
  Object.keys(selector?.matchLabels ?? {}).length > 0;

/** @param text YAML; what it leaves out has Istio's defaults */
export function parseMesh(text: string | undefined) {
  const mesh = z.parse(meshConfig, (text && readYaml(text)[0]) || {});
  return {
    outboundPolicy: mesh.outboundTrafficPolicy.mode,
    prometheusMerge: mesh.enablePrometheusMerge,
    trustDomain: mesh.trustDomain,
    rootNamespace: mesh.rootNamespace,
  };
}

/**
 * Revision or tag that the labels of a namespace ask for; the older label goes before the newer.
 * Source: istio.io, "Installing the Sidecar".
 */
export function wantedRevision(labels: Readonly<Record<string, string>>): string | undefined {
  const injection = labels['istio-injection'];
  if (injection !== undefined) return injection === 'enabled' ? 'default' : undefined;
  return labels[revisionLabel];
}
