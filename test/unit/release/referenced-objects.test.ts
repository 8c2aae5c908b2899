import { describe, expect, test } from 'vitest';
import { createApi } from '../../../src/cluster/api.ts';
import { parseManifest } from '../../../src/release/manifest.ts';
import { referenceProblems } from '../../../src/release/preconditions/referenced-objects.ts';
import { fakeTransport } from '../cluster/fake-transport.ts';

const objects = parseManifest(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: xerv}
spec:
  template:
    spec:
      containers:
        - name: xerv
          envFrom: [{secretRef: {name: login}}]
`);
const target = { context: 'kind', namespace: 'new', release: 'xerv' };

function find(state: 'present' | 'absent' | 'unknown', status: number, planned: string[] = []) {
  const transport = fakeTransport(() => ({
    status,
    json: { kind: 'Status', message: 'the words of the server', data: { user: 'eA==' } },
  }));
  const api = createApi(transport, 1_000);
  return referenceProblems(api, { target, state, objects, planned });
}

describe('a Secret that containers need', () => {
  test('is missing where the server has none', async () => {
    expect(await find('present', 404)).toMatchObject([
      { message: 'Secret login does not exist in namespace new, but the values name it.' },
    ]);
    expect(await find('present', 200)).toEqual([]);
  });

  // Who may not read Secrets of a namespace is told so, whether or not it exists.
  test.each([404, 403])(
    'is missing with its namespace, whatever may be read (%i)',
    async (status) => {
      const [problem, ...more] = await find('absent', status);
      expect(more).toEqual([]);
      expect(problem).toMatchObject({
        message:
          'Secret login does not exist, but the values name it: namespace new does not exist yet.',
        next: expect.stringContaining('(kubectl --context kind create namespace new)'),
      });
      expect(problem?.isUnknown).toBeUndefined();
    },
  );

  test('is nobody’s problem where we are about to create it', async () => {
    expect(await find('absent', 404, ['login'])).toEqual([]);
  });

  test.each(['present', 'unknown'] as const)(
    'is unknown where it may not be read and the namespace is %s',
    async (state) => {
      expect(await find(state, 403)).toMatchObject([
        {
          isUnknown: true,
          message: 'Could not see whether Secret login exists in namespace new.',
          why: 'the words of the server',
        },
      ]);
    },
  );
});
