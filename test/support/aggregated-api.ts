import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * A server that says yes to whatever the API server asks of an aggregated API, and that lists one
 * metric of pods as an adapter of metrics does.
 */
export interface AggregatedApi {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** @throws where there is no openssl, which makes its certificate */
export async function serveAggregatedApi(): Promise<AggregatedApi> {
  const folder = await mkdtemp(join(tmpdir(), 'xerv-aggregated-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  if (!key || !cert) throw new Error('no names');
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1'];
  try {
    await promisify(execFile)('openssl', [
      ...request,
      ...['-subj', '/CN=localhost', '-keyout', key, '-out', cert],
    ]);
    const options = { key: await readFile(key), cert: await readFile(cert) };
    const server = createServer(options, ({ url = '' }, response) => {
      response.setHeader('content-type', 'application/json');
      const groupVersion = url.split('/').slice(2, 4).join('/');
      response.end(
        JSON.stringify({
          kind: 'APIResourceList',
          apiVersion: 'v1',
          groupVersion,
          resources: groupVersion.startsWith('custom.metrics.k8s.io/')
            ? [
                {
                  name: 'pods/http_requests',
                  namespaced: true,
                  kind: 'MetricValueList',
                  verbs: ['get'],
                },
              ]
            : [],
        }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      port: (server.address() as AddressInfo).port,
      close: async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** An APIService whose Service leads to such a server; the API server takes it as available. */
export const aggregatedApi = (group: string, service: string, port: number) => {
  const [namespace = '', name = ''] = service.split('/');
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace, name },
      spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ port }] },
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: `v1beta1.${group}` },
      spec: {
        group,
        version: 'v1beta1',
        groupPriorityMinimum: 100,
        versionPriority: 100,
        insecureSkipTLSVerify: true,
        service: { namespace, name, port },
      },
    },
  ];
};
