import { describe, expect, test } from 'vitest';
import { render } from '../support/render.ts';

describe.each([
  ['redis', 'redis://:hunter2@redis:6379', 'XERV_DISPATCH_REDIS_URL'],
  ['nats', 'nats://xerv:hunter2@nats:4222', 'XERV_DISPATCH_NATS_URL'],
])('%s', (backend, url, variable) => {
  test.concurrent('A40: a URL with a password stands in a Secret and nowhere else', async () => {
    const rendering = await render({ dispatch: { backend, [backend]: { url } } });
    expect(rendering.environment[variable]).toEqual({
      name: variable,
      valueFrom: { secretKeyRef: { name: 'xerv-dispatch', key: 'url' } },
    });
    expect(rendering.get('Secret', 'xerv-dispatch').stringData).toEqual({ url });
    const others = rendering.objects.filter(({ kind }) => kind !== 'Secret');
    expect(JSON.stringify(others)).not.toContain('hunter2');
  });

  test.concurrent('a new password restarts the pods', async () => {
    const renderings = await Promise.all(
      [url, url.replace('hunter2', 'hunter3')].map((each) =>
        render({ dispatch: { backend, [backend]: { url: each } } }),
      ),
    );
    const [before, after] = renderings.map(({ podTemplate }) => podTemplate.metadata.annotations);
    expect(before?.['checksum/dispatch-url']).toMatch(/^[a-f0-9]{64}$/);
    expect(after).not.toEqual(before);
  });

  test.concurrent('A40: existingSecret takes the place of the URL, and no Secret is made', async () => {
    const server = { url, existingSecret: 'queue', existingSecretKey: 'address' };
    const rendering = await render({ dispatch: { backend, [backend]: server } });
    expect(rendering.environment[variable]).toEqual({
      name: variable,
      valueFrom: { secretKeyRef: { name: 'queue', key: 'address' } },
    });
    expect(rendering.find('Secret')).toBeUndefined();
    expect(rendering.text).not.toContain('hunter2');
  });
});
