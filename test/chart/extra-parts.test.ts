import { describe, expect, test } from 'vitest';
import { helms, render, renderError, renderNotes } from '../support/render.ts';

describe.each(helms)('A46: with %s', (helm) => {
  test.concurrent('extraObjects, as maps and as text, with templates in them', async () => {
    const rendering = await render(
      {
        extraObjects: [
          {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: '{{ include "xerv.fullname" . }}-map' },
            data: { release: '{{ .Release.Name }}' },
          },
          'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: text\n  namespace: {{ .Release.Namespace }}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: second\n',
        ],
      },
      { helm },
    );
    expect(rendering.get('ConfigMap', 'xerv-map').data).toEqual({ release: 'xerv' });
    expect(rendering.get('ConfigMap', 'text').metadata.namespace).toBe('team');
    expect(rendering.get('ConfigMap', 'second')).toBeDefined();
  });

  test.concurrent('containers before and beside XERV, and how the pod is wired', async () => {
    const initContainers = [{ name: 'wait', image: '{{ .Values.image.repository }}:1' }];
    const extraContainers = [{ name: 'proxy', image: 'a', ports: [{ containerPort: 9000 }] }];
    const values = {
      hostAliases: [{ ip: '10.0.0.5', hostnames: ['redis.internal'] }],
      dnsPolicy: 'None',
      dnsConfig: { nameservers: ['10.0.0.10'] },
      runtimeClassName: 'gvisor',
      schedulerName: 'volcano',
    };
    for (const dispatch of [{}, { backend: 'raft' }]) {
      const { podTemplate, container } = await render(
        { ...values, initContainers, extraContainers, dispatch },
        { helm },
      );
      expect(container.name).toBe('xerv');
      expect(podTemplate.spec).toMatchObject({
        ...values,
        initContainers: [{ name: 'wait', image: 'ghcr.io/ml-rust/xerv:1' }],
        containers: [{ name: 'xerv' }, extraContainers[0]],
      });
    }
  });

  test.concurrent('nothing of it stands in the pod unless it is wanted', async () => {
    const { podTemplate } = await render({}, { helm });
    expect(podTemplate.spec.containers).toHaveLength(1);
    for (const key of ['initContainers', 'hostAliases', 'dnsPolicy', 'dnsConfig', 'schedulerName'])
      expect(podTemplate.spec).not.toHaveProperty(key);
  });

  test.concurrent('two containers of one name are refused', async () => {
    const refused = await renderError(
      {
        initContainers: [{ name: 'proxy', image: 'a' }],
        extraContainers: [
          { name: 'proxy', image: 'a' },
          { name: 'xerv', image: 'a' },
        ],
      },
      { helm },
    );
    const line = (name: string) =>
      `  - extraContainers has a container ${name}, of which name there is another one in the pod: give it a name of its own.`;
    expect(refused).toContain(`${line('proxy')}\n${line('xerv')}`);
  });
});

describe('what has a better place is followed, and the notes name the place', () => {
  const deprecated = async (values: object) =>
    (await renderNotes(values)).split('\n').filter((line) => line.startsWith('DEPRECATED'));

  test.concurrent('nothing by default', async () => {
    expect(await deprecated({})).toEqual([]);
  });

  test.concurrent('D74: a variable of the chart’s own in extraEnv', async () => {
    const extraEnv = [
      { name: 'RUST_LOG', value: 'xerv=info' },
      { name: 'XERV_DISPATCH_BACKEND', value: 'memory' },
      { name: 'MINE', value: '1' },
    ];
    expect(await deprecated({ extraEnv })).toEqual([
      'DEPRECATED: extraEnv takes the place of monitoring.logging.level: set that one instead.',
      'DEPRECATED: extraEnv takes the place of dispatch.backend: set that one instead.',
    ]);
  });

  test.concurrent('persistence where storage is meant', async () => {
    const persistence = { enabled: true };
    expect(await deprecated({ dispatch: { backend: 'raft' }, persistence })).toEqual([
      'DEPRECATED: persistence is not for backend raft: its volumes are set with storage.',
    ]);
  });
});
