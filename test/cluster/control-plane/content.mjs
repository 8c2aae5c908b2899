import { waitFor } from './api.mjs';
import { makeNodes } from './nodes.mjs';
import { makeStorageClass, PROVISIONER, STORAGE_CLASSES } from './storage-classes.mjs';
import { makeBindings, TEAM_NAMESPACE } from './users.mjs';

/**
 * Puts nodes, storage classes and users' rights into a new cluster.
 * @param {import('./api.mjs').Client} client
 * @param {{profile: 'test' | 'playground', users: readonly string[],
 *   nodes: import('./nodes.mjs').NodeOptions, kubeletPort: number, version: string}} options
 */
export async function applyContent(client, { profile, users, nodes, kubeletPort, version }) {
  if (users.includes('editor'))
    await client.apply(`/api/v1/namespaces/${TEAM_NAMESPACE}`, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: TEAM_NAMESPACE },
    });
  const objects = [
    ...Object.entries(STORAGE_CLASSES[profile]).map(([name, options]) =>
      makeStorageClass(name, options),
    ),
    ...makeBindings(users),
    {
      path: `/apis/storage.k8s.io/v1/csidrivers/${PROVISIONER}`,
      manifest: {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'CSIDriver',
        metadata: { name: PROVISIONER },
        // Otherwise Kubernetes waits for somebody to attach the volumes and says so in events.
        spec: { attachRequired: false },
      },
    },
  ];
  await Promise.all([
    ...objects.map(({ path, manifest }) => client.apply(path, manifest)),
    ...makeNodes(nodes, kubeletPort, version).map((node) => createNode(client, node)),
  ]);
}

/**
 * Nodes are created as kubelets do it, with their status; an apply would leave that out.
 * @param {import('./api.mjs').Client} client
 * @param {object} node
 */
async function createNode(client, node) {
  const answer = await client.send('POST', '/api/v1/nodes', { body: node });
  if (answer.status !== 201)
    throw new Error(`a node was refused: ${answer.body?.message ?? answer.status}`);
}

/**
 * Waits until pods can be made: the nodes are free of the taint they start with, their leases are
 * renewed, service accounts are there and the built-in roles have their rules.
 * @param {import('./api.mjs').Client} client
 * @param {{timeout: number, failure: () => string | undefined}} options milliseconds
 */
export async function waitForContent(client, options) {
  await Promise.all([
    waitFor('the nodes', () => areNodesReady(client), options),
    waitFor('the service accounts', () => areNamespacesReady(client), options),
    waitFor('the rules of the built-in roles', () => areRolesReady(client), options),
  ]);
}

/** @param {import('./api.mjs').Client} client */
async function areNodesReady(client) {
  const [nodes, leases] = await Promise.all([
    client.get('/api/v1/nodes'),
    client.get('/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases'),
  ]);
  const leased = new Set(leases.body.items.map((/** @type {any} */ lease) => lease.metadata.name));
  const isReady = nodes.body.items.every(
    (/** @type {any} */ node) => !node.spec.taints?.length && leased.has(node.metadata.name),
  );
  return isReady ? true : undefined;
}

/** @param {import('./api.mjs').Client} client */
async function areNamespacesReady(client) {
  const namespaces = await client.get('/api/v1/namespaces');
  const accounts = await client.get(
    '/api/v1/serviceaccounts?fieldSelector=metadata.name%3Ddefault',
  );
  return accounts.body.items.length === namespaces.body.items.length ? true : undefined;
}

/** @param {import('./api.mjs').Client} client */
async function areRolesReady(client) {
  const roles = await Promise.all(
    ['admin', 'edit', 'view'].map((name) =>
      client.get(`/apis/rbac.authorization.k8s.io/v1/clusterroles/${name}`),
    ),
  );
  return roles.every((role) => role.body.rules?.length > 0) ? true : undefined;
}
