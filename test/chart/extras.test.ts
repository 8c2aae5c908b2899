import { describe, expect, test } from 'vitest';
import { helms, render } from '../support/render.ts';

const repeated = (names: readonly unknown[]) =>
  names.filter((name, index) => names.indexOf(name) !== index);

const backends = {
  memory: {},
  raft: { dispatch: { backend: 'raft' } },
  redis: { dispatch: { backend: 'redis', redis: { url: 'redis://redis:6379' } } },
  nats: { dispatch: { backend: 'nats', nats: { url: 'nats://nats:4222' } } },
  shared: { replicaCount: 2, persistence: { enabled: true, accessMode: 'ReadWriteMany' } },
};

describe.each(helms)('A45: with %s', (helm) => {
  test.concurrent.each(Object.entries(backends))(
    '%s: what is added takes the place of the chart’s, and nothing stands twice',
    async (_name, values) => {
      const rendering = await render(
        {
          ...values,
          extraEnv: [
            { name: 'XERV_DATA_DIR', value: '/elsewhere' },
            { name: 'POD_NAME', value: 'mine' },
            { name: 'LARGE', value: 3_600_000 },
            { name: 'XERV_MAX_CONCURRENT_NODES', valueFrom: { fieldRef: { fieldPath: 'x' } } },
            { name: 'XERV_DATA_DIR', value: '/last' },
          ],
          extraVolumes: [{ name: 'tmp', emptyDir: { medium: 'Memory' } }],
          extraVolumeMounts: [{ name: 'tmp', mountPath: '/data' }],
        },
        { helm },
      );
      const { container, environment, podTemplate } = rendering;
      expect(repeated(container.env.map(({ name }) => name))).toEqual([]);
      expect(repeated(container.ports.map(({ name }) => name))).toEqual([]);
      expect(repeated(container.ports.map(({ containerPort }) => containerPort))).toEqual([]);
      expect(repeated(container.volumeMounts.map(({ mountPath }) => mountPath))).toEqual([]);
      expect(repeated(podTemplate.spec.volumes.map(({ name }) => name))).toEqual([]);
      expect(environment).toMatchObject({
        XERV_DATA_DIR: { value: '/last' },
        POD_NAME: { value: 'mine' },
        LARGE: { value: '3600000' },
      });
      expect(environment.XERV_MAX_CONCURRENT_NODES).toEqual({
        name: 'XERV_MAX_CONCURRENT_NODES',
        valueFrom: { fieldRef: { fieldPath: 'x' } },
      });
      expect(podTemplate.spec.volumes).toContainEqual({
        name: 'tmp',
        emptyDir: { medium: 'Memory' },
      });
      expect(container.volumeMounts).toContainEqual({ name: 'tmp', mountPath: '/data' });
    },
  );
});
