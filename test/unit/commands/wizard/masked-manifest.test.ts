import { expect, test } from 'vitest';
import { maskManifest } from '../../../../src/commands/wizard/masked-manifest.ts';

const plain = `---
# Source: xerv/templates/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: xerv # stays as it was rendered
`;

test('leaves a manifest without anything secret as it was rendered', () => {
  expect(maskManifest(plain)).toBe(plain);
});

test('masks Secrets, passwords in URLs and variables whose name says that they are secret', () => {
  const masked = maskManifest(`${plain}---
# Source: xerv/templates/secret.yaml
apiVersion: v1
kind: Secret
metadata: {name: hidden}
stringData: {url: canary-one}
data: {key: Y2FuYXJ5}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: xerv}
spec:
  env:
    - {name: REDIS, value: 'redis://:canary-two@redis:6379'}
    - {name: API_TOKEN, value: canary-three}
`);
  expect(masked.startsWith(plain)).toBe(true);
  expect(masked).not.toMatch(/canary|Y2FuYXJ5/);
  expect(masked).toContain('# Source: xerv/templates/secret.yaml');
  expect(masked).toContain('redis://:[secret]@redis:6379');
});
