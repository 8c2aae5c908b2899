import { expect, test } from 'vitest';
import { parseManifest, workloadsOf } from '../../../src/release/manifest.ts';
import { neededObjects } from '../../../src/release/preconditions/needed-objects.ts';

/** What pods with this specification need, as `Kind name: keys`. */
function neededBy(spec: Readonly<Record<string, unknown>>): string[] {
  const manifest = JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'xerv' },
    spec: { template: { spec: { containers: [], ...spec } } },
  });
  return neededObjects(workloadsOf(parseManifest(manifest))).map(
    ({ kind, name, keys }) => `${kind} ${name}: ${[...keys].join(' ')}`,
  );
}

const items = [{ key: 'ca.crt', path: 'ca.crt' }];

test('variables need their object, and the key in it', () => {
  const env = [
    { name: 'A', valueFrom: { secretKeyRef: { name: 'login', key: 'user' } } },
    { name: 'B', valueFrom: { secretKeyRef: { name: 'login', key: 'password' } } },
    { name: 'C', valueFrom: { configMapKeyRef: { name: 'login', key: 'mode' } } },
    { name: 'D', valueFrom: { secretKeyRef: { name: 'maybe', key: 'x', optional: true } } },
    { name: 'E', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  ];
  const wanted = ['Secret login: user password', 'ConfigMap login: mode'];
  expect(neededBy({ containers: [{ name: 'xerv', env }] })).toEqual(wanted);
  expect(neededBy({ initContainers: [{ name: 'first', env }] })).toEqual(wanted);
});

test('all variables of an object need the object', () => {
  const envFrom = [
    { secretRef: { name: 'login' } },
    { configMapRef: { name: 'settings' }, prefix: 'X_' },
    { secretRef: { name: 'maybe', optional: true } },
    { configMapRef: { name: 'perhaps', optional: true } },
  ];
  expect(neededBy({ containers: [{ name: 'xerv', envFrom }] })).toEqual([
    'Secret login: ',
    'ConfigMap settings: ',
  ]);
});

test('volumes need their object, and the keys that they name', () => {
  const sources = [
    { secret: { name: 'certificate', items } },
    { configMap: { name: 'perhaps', optional: true } },
    { downwardAPI: { items: [] } },
  ];
  expect(
    neededBy({
      volumes: [
        { name: 'a', secret: { secretName: 'files' } },
        { name: 'b', configMap: { name: 'authorities', items } },
        { name: 'c', projected: { sources } },
        { name: 'd', secret: { secretName: 'maybe', optional: true } },
        { name: 'e', emptyDir: {} },
      ],
    }),
  ).toEqual(['Secret files: ', 'ConfigMap authorities: ca.crt', 'Secret certificate: ca.crt']);
});

test('a pod starts without its pull secrets', () => {
  expect(neededBy({ imagePullSecrets: [{ name: 'registry' }] })).toEqual([]);
});
