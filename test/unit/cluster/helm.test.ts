import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { templateArguments, upgradeArguments } from '../../../src/cluster/helm/arguments.ts';
import { classifyHelmError } from '../../../src/cluster/helm/failures.ts';
import { parseHelmVersion } from '../../../src/cluster/helm/version.ts';
import { createHelm } from '../../../src/cluster/helm.ts';
import type { ClusterAccess, Exec, ExecOptions, ExecResult } from '../../../src/cluster/types.ts';

const access: ClusterAccess = {
  kubeconfig: '/kubeconfig',
  context: 'work',
  server: undefined,
  impersonateUser: 'jane',
  impersonateGroups: ['ops'],
  requestTimeoutMilliseconds: 1_000,
};
const chart = { reference: 'oci://registry/xerv', version: '0.2.0' };
const base = { chart, release: 'xerv', namespace: 'team' };
const files = { ...base, valuesFiles: ['/v.yaml'] };

function helmThat(result: Partial<ExecResult>, redact?: (text: string) => string) {
  const calls: { args: readonly string[]; options: ExecOptions }[] = [];
  const exec: Exec = async (_, args, options) => {
    calls.push({ args, options });
    for (const line of (result.stderr ?? '').split('\n')) options.onStderrLine?.(line);
    return { exitCode: 0, stdout: '', stderr: '', timedOut: false, cancelled: false, ...result };
  };
  const env = { PATH: '/bin', HELM_NAMESPACE: 'other' };
  return {
    helm: createHelm({ path: '/bin/helm', exec, access, env, ...(redact && { redact }) }),
    calls,
  };
}

describe('the version', () => {
  test.each([
    ['v3.17.3', { version: '3.17.3', major: 3, minor: 17, tooOld: false }],
    ['v4.1.4+gabcdef\n', { version: '4.1.4', major: 4, minor: 1, tooOld: false }],
    ['v3.12.0-rc.1', { version: '3.12.0-rc.1', major: 3, minor: 12, tooOld: false }],
    ['v3.11.9', { version: '3.11.9', major: 3, minor: 11, tooOld: true }],
    ['v2.17.0', { version: '2.17.0', major: 2, minor: 17, tooOld: true }],
    ['not helm', undefined],
  ])('%s', (printed, version) => expect(parseHelmVersion(printed)).toEqual(version));

  test('a program that is not helm is named', async () => {
    const { helm } = helmThat({ stdout: 'The Helm text editor' });
    expect(await helm.version()).toMatchObject({ failure: { message: '/bin/helm is not helm.' } });
  });
});

describe('the arguments', () => {
  test('render for the cluster that is meant, without asking it', () => {
    const args = templateArguments({
      ...base,
      kubeVersion: 'v1.36.3',
      apiVersions: ['v1', 'apps/v1/StatefulSet'],
      isUpgrade: true,
    });
    expect(args).toEqual([
      'template',
      '--no-hooks',
      '--namespace=team',
      '--values=-',
      '--kube-version=v1.36.3',
      '--api-versions=v1',
      '--api-versions=apps/v1/StatefulSet',
      '--is-upgrade',
      '--version=0.2.0',
      '--',
      'xerv',
      'oci://registry/xerv',
    ]);
  });

  test('upgrade in the context and as the user that were named, and never wait', () => {
    expect(upgradeArguments(files, access)).toEqual([
      'upgrade',
      '--install',
      '--kube-context=work',
      '--kube-as-user=jane',
      '--kube-as-group=ops',
      '--namespace=team',
      '--values=/v.yaml',
      '--version=0.2.0',
      '--',
      'xerv',
      'oci://registry/xerv',
    ]);
  });

  test('a comma in a path does not make two files', () => {
    expect(upgradeArguments({ ...base, valuesFiles: ['/a,b"c.yaml'] }, access)).toContain(
      '--values="/a,b""c.yaml"',
    );
  });

  test('the environment turns helm nowhere else', async () => {
    const { helm, calls } = helmThat({});
    await helm.upgradeInstall(files);
    expect(calls[0]?.options.env).toMatchObject({
      KUBECONFIG: '/kubeconfig',
      HELM_NO_PLUGINS: '1',
    });
    expect(calls[0]?.options.env).not.toHaveProperty('HELM_NAMESPACE');
  });
});

describe('a failure', () => {
  test.each([
    [
      'busy',
      'UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress',
      /helm history xerv -n team/,
    ],
    [
      'ownership',
      'Unable to continue with install: ServiceAccount "xerv" in namespace "team" exists and cannot be imported into the current release: invalid ownership metadata; label validation error: missing key "app.kubernetes.io/managed-by": must be set to "Helm"',
      /ServiceAccount xerv in namespace team/,
    ],
    [
      'unauthorized',
      'Kubernetes cluster unreachable: the server has asked for the client to provide credentials',
      /credentials/,
    ],
    [
      'unreachable',
      'Kubernetes cluster unreachable: Get "https://office:6443/version": dial tcp 10.0.0.1:6443: connect: connection refused',
      /cannot reach/,
    ],
    [
      'duplicate-entries',
      'INSTALLATION FAILED: failed to create typed patch object (team/xerv; apps/v1, Kind=StatefulSet): .spec.template.spec.containers[name="xerv"].env: duplicate entries for key [name="LOG"]',
      /name="LOG"/,
    ],
    [
      'conflict',
      'UPGRADE FAILED: conflict occurred while applying object team/xerv apps/v1, Kind=StatefulSet: Apply failed with 1 conflict: conflict with "kubectl" using apps/v1: .spec.replicas',
      /team\/xerv/,
    ],
    [
      'missing-kind',
      'unable to build kubernetes objects from release manifest: resource mapping not found for name: "xerv" namespace: "" from "": no matches for kind "ScaledObject" in version "keda.sh/v1alpha1"\nensure CRDs are installed first',
      /ScaledObject \(keda.sh\/v1alpha1\)/,
    ],
    [
      'values-refused',
      "values don't meet the specifications of the schema(s) in the following chart(s):\nxerv:\n- at '/replicas': got string, want integer",
      /schema/,
    ],
    [
      'immutable-field',
      'UPGRADE FAILED: cannot patch "xerv" with kind StatefulSet: StatefulSet.apps "xerv" is invalid: spec: Forbidden: updates to statefulset spec for fields other than \'replicas\', \'template\' are forbidden',
      /change/,
    ],
    [
      'quota',
      'pods "xerv-0" is forbidden: exceeded quota: compute, requested: cpu=1, used: cpu=2, limited: cpu=2',
      /quota compute/,
    ],
    [
      'pod-security',
      'pods "xerv-0" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
      /restricted:latest/,
    ],
    [
      'admission-refused',
      'admission webhook "policy.example.com" denied the request: no',
      /policy.example.com/,
    ],
    [
      'namespace-terminating',
      'secrets "x" is forbidden: unable to create new content in namespace team because it is being terminated',
      /team is being deleted/,
    ],
    [
      'namespace-missing',
      'create: failed to create: namespaces "team" not found',
      /team does not exist/,
    ],
    [
      'forbidden',
      'query: failed to query with labels: secrets is forbidden: User "jane" cannot list resource "secrets" in API group "" in the namespace "team"',
      /User "jane" cannot list/,
    ],
    ['not-found', 'uninstall: Release not loaded: xerv: release: not found', /no release xerv/],
    ['name-in-use', 'UPGRADE FAILED: "xerv" has no deployed releases', /never deployed/],
    ['chart-not-found', 'path "./charts/nope" not found', /oci:\/\/registry\/xerv was not found/],
    [
      'kubernetes-version',
      'chart requires kubeVersion: >=1.99 which is incompatible with Kubernetes v1.36.3',
      /needs Kubernetes >=1.99/,
    ],
    [
      'template',
      'execution error at (xerv/templates/statefulset.yaml:3:4): raft needs an odd number of replicas',
      /^raft needs an odd number of replicas$/,
    ],
    [
      'invalid-object',
      'INSTALLATION FAILED: Service "xerv" is invalid: spec.ports: Required value',
      /Service xerv/,
    ],
    [
      'invalid-object',
      'Pod "p" is invalid: spec.containers[0].securityContext.privileged: Forbidden: disallowed by cluster policy',
      /Pod p/,
    ],
    ['timeout', 'UPGRADE FAILED: timed out waiting for the condition', /in time/],
    ['other', 'UPGRADE FAILED: no idea', /^helm failed/],
  ] as const)('%s', (kind, text, words) => {
    const context = { release: 'xerv', namespace: 'team', chart: chart.reference };
    const failure = classifyHelmError(`Error: ${text}\n`, context);
    expect(failure.kind).toBe(kind);
    expect(`${failure.message} ${failure.next}`).toMatch(
      words.source.startsWith('^') ? /(?:)/ : words,
    );
    expect(failure.message).toMatch(words.source.startsWith('^') ? words : /./);
    expect(failure.detail).toBe(text);
    expect(failure.next).toBeTruthy();
  });

  test('words of a chart that begin on the next line', () => {
    const stderr = [
      'Error: execution error at (xerv/templates/requirements.yaml:1:4): ',
      '',
      'XERV cannot run with these values:',
      '  - dispatch.redis.url is empty: set it.',
      '',
      'Use --debug flag to render out invalid YAML',
    ].join('\n');
    const failure = classifyHelmError(stderr, {});
    expect(failure).toMatchObject({
      kind: 'template',
      message: 'XERV cannot run with these values.',
    });
    expect(failure.detail).toMatch(/dispatch\.redis\.url is empty: set it\.$/);
  });

  test("warnings and log lines are not helm's reason", () => {
    const stderr = [
      'WARNING: Kubernetes configuration file is group-readable. This is insecure.',
      'level=WARN msg="dial tcp: connection refused"',
      'I1124 00:22:47.471733   17080 warnings.go:110] forbidden',
      'Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress',
    ].join('\n');
    const failure = classifyHelmError(stderr, {});
    expect(failure.kind).toBe('busy');
    expect(failure.detail).not.toContain('dial tcp');
  });

  test('secrets are taken out of everything', async () => {
    const redact = (text: string) => text.replaceAll('hunter2', '***');
    const stderr = 'Error: execution error at (x.yaml:1:1): bad URL redis://:hunter2@redis';
    const { helm } = helmThat({ exitCode: 1, stderr }, redact);
    const lines: string[] = [];
    const result = await helm.upgradeInstall({
      ...files,
      onStderrLine: (line) => lines.push(line),
    });
    expect(JSON.stringify([result, lines])).not.toContain('hunter2');
    expect(lines).toHaveLength(1);
  });

  test.each([
    ['cancelled', { exitCode: 1, cancelled: true, stderr: 'Error: context canceled' }],
    ['timeout', { exitCode: undefined, timedOut: true }],
    ['killed', { exitCode: undefined }],
    ['not-started', { exitCode: undefined, startFailure: { code: 'EACCES', message: 'EACCES' } }],
  ])('%s', async (kind, result) => {
    const { helm } = helmThat(result as Partial<ExecResult>);
    expect(await helm.upgradeInstall(files)).toMatchObject({ ok: false, failure: { kind } });
  });

  test('a helm that got done although it was told to stop, got done', async () => {
    const { helm } = helmThat({ cancelled: true, exitCode: 0, stdout: 'done' });
    expect(await helm.upgradeInstall(files)).toEqual({ ok: true, value: 'done' });
  });
});

test('what helm 4.2 says of a download is no manifest', async () => {
  const { helm } = helmThat({
    stdout: 'Pulled: registry/xerv:0.2.0\nDigest: sha256:1\n---\na: b\n',
  });
  expect(await helm.template({ ...base, values: '{}' })).toEqual({
    ok: true,
    value: '---\na: b\n',
  });
});

describe('a chart directory', () => {
  test('is read without starting helm', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'chart-'));
    try {
      const { helm, calls } = helmThat({});
      const source = { reference: directory };
      expect(await helm.showChart(source)).toMatchObject({ failure: { kind: 'chart-broken' } });
      await writeFile(
        join(directory, 'Chart.yaml'),
        'name: xerv\nversion: 0.2.0\nappVersion: 1.0\n',
      );
      await writeFile(join(directory, 'values.yaml'), 'a: 1\n');
      expect(await helm.showChart(source)).toEqual({
        ok: true,
        value: { name: 'xerv', version: '0.2.0', appVersion: '1' },
      });
      expect(await helm.showValues(source)).toEqual({ ok: true, value: 'a: 1\n' });
      expect(calls).toEqual([]);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
