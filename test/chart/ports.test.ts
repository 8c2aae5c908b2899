import { describe, expect, test } from 'vitest';
import { helms, render, renderError, renderNotes } from '../support/render.ts';

const raft = { dispatch: { backend: 'raft' } };
const hooks = {
  name: 'hooks',
  port: 80,
  targetPort: 8081,
  appProtocol: 'http',
  nodePort: 30_081,
};

describe('B16: ports of triggers', () => {
  test.concurrent('at the container and the Service', async () => {
    const rendering = await render({
      extraPorts: [hooks, { name: 'syslog', port: 5514, protocol: 'UDP' }],
    });
    expect(rendering.container.ports.slice(2)).toEqual([
      { name: 'hooks', containerPort: 8081, protocol: 'TCP' },
      { name: 'syslog', containerPort: 5514, protocol: 'UDP' },
    ]);
    expect((rendering.get('Service').spec.ports as object[]).slice(2)).toEqual([
      { name: 'hooks', port: 80, targetPort: 'hooks', protocol: 'TCP', appProtocol: 'http' },
      { name: 'syslog', port: 5514, targetPort: 'syslog', protocol: 'UDP' },
    ]);
  });

  test.concurrent('at the nodes, where the Service is', async () => {
    const rendering = await render({ service: { type: 'NodePort' }, extraPorts: [hooks] });
    expect((rendering.get('Service', 'xerv').spec.ports as object[]).slice(1)).toMatchObject([
      { nodePort: 30_081 },
    ]);
  });

  test.concurrent('at a canary too, but not at the nodes', async () => {
    const rendering = await render({
      service: { type: 'NodePort' },
      serviceMesh: {
        enabled: true,
        provider: 'linkerd',
        linkerd: { trafficSplit: { enabled: true } },
      },
      extraPorts: [hooks],
    });
    const [, , extra] = rendering.get('Service', 'xerv-canary').spec.ports as object[];
    expect(extra).toMatchObject({ name: 'hooks', port: 80 });
    expect(extra).not.toHaveProperty('nodePort');
  });
});

describe.each(helms)('with %s', (helm) => {
  test.concurrent.each([
    [
      'apiPort and grpcPort',
      { ...raft, server: { grpcPort: 8080 } },
      ['server.apiPort and server.grpcPort are both 8080: give each a port of its own.'],
    ],
    [
      'apiPort and metrics.port',
      { metrics: { port: 8080 } },
      ['server.apiPort and metrics.port are both 8080: give each a port of its own.'],
    ],
    [
      'grpcPort and metrics.port',
      { ...raft, metrics: { port: 5000 } },
      ['server.grpcPort and metrics.port are both 5000: give each a port of its own.'],
    ],
    [
      'metrics at the API, but the same port of the Service',
      { metrics: { port: 8080, onApiPort: true } },
      ['server.apiPort and metrics.port are both 8080: give each a port of its own.'],
    ],
    [
      'an extra port and the API',
      { extraPorts: [{ name: 'a', port: 8080 }] },
      ['server.apiPort and extraPorts[0].port are both 8080: give each a port of its own.'],
    ],
    [
      'two extra ports of the container, and all else',
      {
        extraPorts: [
          { name: 'a', port: 1001, targetPort: 9090 },
          { name: 'b', port: 1001 },
          { name: 'c', port: 1002, targetPort: 1001 },
        ],
      },
      [
        'metrics.port and extraPorts[0].targetPort are both 9090: give each a port of its own.',
        'extraPorts[0].port and extraPorts[1].port are both 1001: give each a port of its own.',
        'extraPorts[1].port and extraPorts[2].targetPort are both 1001: give each a port of its own.',
      ],
    ],
    [
      'names',
      {
        extraPorts: [
          { name: 'http', port: 1001 },
          { name: 'a', port: 1002 },
          { name: 'a', port: 1003 },
        ],
      },
      [
        'extraPorts[0].name http is the name of the port of the API: give it another one.',
        'extraPorts[2].name a is the name of the port of extraPorts[1]: give it another one.',
      ],
    ],
    [
      'ports of the nodes',
      {
        service: { type: 'NodePort', nodePort: 30_000 },
        extraPorts: [{ name: 'a', port: 1001, nodePort: 30_000 }],
      },
      ['service.nodePort and extraPorts[0].nodePort are both 30000: give each a port of its own.'],
    ],
  ])('A45, D75: refused: %s', async (_, values, messages) => {
    const said = await renderError(values, { helm });
    const lines = said.split('\n').filter((line) => line.startsWith('  - '));
    expect(lines).toEqual(messages.map((message) => `  - ${message}`));
  });
});

test.concurrent.each([
  ['grpcPort without raft', { server: { grpcPort: 8080 } }],
  ['metrics.port without metrics', { metrics: { enabled: false, port: 8080 } }],
  ['another protocol', { extraPorts: [{ name: 'a', port: 8080, protocol: 'UDP' }] }],
  [
    'ports of the nodes, where there are none',
    {
      service: { nodePort: 30_000 },
      extraPorts: [{ name: 'a', port: 1001, nodePort: 30_000 }],
    },
  ],
])('D75: no collision: %s', async (_, values) => {
  await render(values);
});

test.concurrent('A45: no port, variable or mount stands twice', async () => {
  const rendering = await render({
    ...raft,
    extraPorts: [hooks, { name: 'a', port: 8081 + 1 }],
    extraEnv: [
      { name: 'XERV_DATA_DIR', value: '/a' },
      { name: 'XERV_DATA_DIR', value: '/b' },
    ],
    extraVolumes: [{ name: 'tmp', emptyDir: { medium: 'Memory' } }],
    extraVolumeMounts: [
      { name: 'tmp', mountPath: '/tmp', readOnly: true },
      { name: 'tmp', mountPath: '/config' },
    ],
  });
  const { container, podTemplate } = rendering;
  const service = rendering.get('Service', 'xerv').spec.ports as Record<string, unknown>[];
  const lists = {
    env: container.env.map(({ name }) => name),
    mounts: container.volumeMounts.map(({ mountPath }) => mountPath),
    volumes: podTemplate.spec.volumes.map(({ name }) => name),
    ports: container.ports.map(({ containerPort, protocol }) => `${containerPort}/${protocol}`),
    'names of ports': container.ports.map(({ name }) => name),
    'ports of the Service': service.map(({ port, protocol }) => `${port}/${protocol}`),
  };
  for (const [what, keys] of Object.entries(lists))
    expect(new Set(keys).size, what).toBe(keys.length);
  expect(rendering.variables.XERV_DATA_DIR).toBe('/b');
});

describe('D76: a port below 1024', () => {
  const warning =
    'WARNING: server.apiPort (80/TCP), extraPorts[0].port (53/UDP): a port below 1024';
  const asRoot = { podSecurityContext: { runAsUser: 0, runAsNonRoot: false } };
  const low = { server: { apiPort: 80 }, extraPorts: [{ name: 'dns', port: 53, protocol: 'UDP' }] };

  test.concurrent('is warned of', async () => {
    expect(await renderNotes(low)).toContain(warning);
  });

  test.concurrent.each([
    // Who is not root gets nothing of it.
    { securityContext: { capabilities: { add: ['NET_BIND_SERVICE'] } } },
    // The chart drops what root has otherwise.
    asRoot,
  ])('is warned of all the same: %j', async (values) => {
    expect(await renderNotes({ ...low, ...values })).toContain(warning);
  });

  test.concurrent('a port of the Service alone is not', async () => {
    const extraPorts = [{ name: 'a', port: 80, targetPort: 8081 }];
    expect(await renderNotes({ extraPorts })).not.toContain('below 1024');
  });

  test.concurrent.each([
    { ...asRoot, securityContext: { capabilities: { add: ['NET_BIND_SERVICE'] } } },
    { ...asRoot, securityContext: { capabilities: { drop: [] } } },
    {
      podSecurityContext: {
        sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
      },
    },
  ])('nor where it may: %j', async (values) => {
    expect(await renderNotes({ ...low, ...values })).not.toContain('below 1024');
  });
});
