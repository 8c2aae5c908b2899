import { describe, expect, test } from 'vitest';
import { diagnose, findSuspicions } from '../../../src/release/diagnose.ts';
import { looksWrong } from '../../../src/release/read-snapshot.ts';
import { logKey, type Snapshot } from '../../../src/release/snapshot.ts';
import { makeClaim, makeEvent, makePod, makeSet, makeSnapshot } from '../../support/snapshots.ts';

const target = { context: 'lab', namespace: 'xerv', release: 'xerv' };
const now = Date.parse('2026-01-31T10:01:00Z');
const find = (snapshot: Snapshot) => findSuspicions(snapshot, { target, now });
const only = (snapshot: Snapshot) => {
  const [found, ...others] = find(snapshot);
  expect(others).toEqual([]);
  if (!found) throw new Error('nothing was found');
  return found;
};

const waiting = (reason: string, message = '') => ({
  container: { state: { waiting: { reason, message } } },
});

describe('images', () => {
  const image = 'ghcr.io/ml-rust/xerv:0.1.0';

  test.each([
    [
      'ErrImagePull',
      `rpc error: code = NotFound desc = ${image}: not found`,
      'the registry has no image',
    ],
    [
      'ImagePullBackOff',
      `Back-off pulling image "${image}": ErrImagePull: manifest unknown`,
      'the registry has no image',
    ],
    [
      'ErrImagePull',
      'pull access denied, repository does not exist or may require authorization',
      'denies access',
    ],
    ['ErrImagePull', '401 Unauthorized', 'denies access'],
    [
      'InvalidImageName',
      'couldn\'t parse image reference "x:y:z"',
      'is not a valid image reference',
    ],
    ['ErrImagePull', 'no match for platform in manifest: not found', 'not built for this node'],
    [
      'ErrImageNeverPull',
      'Container image is not present with pull policy of Never',
      'cannot be pulled',
    ],
  ])('%s with “%s” is final', (reason, message, expected) => {
    const { settles, diagnosis } = only(
      makeSnapshot({ pods: [makePod('xerv-0', waiting(reason, message))] }),
    );

    expect(settles).toBe('now');
    expect(diagnosis.cause).toBe('image-pull');
    expect(diagnosis.message).toContain(expected);
  });

  test.each([
    'toomanyrequests: You have reached your pull rate limit. Authentication required for more',
    'dial tcp: lookup ghcr.io: i/o timeout',
    '',
  ])('“%s” may pass', (message) => {
    const pods = [makePod('xerv-0', waiting('ImagePullBackOff', message))];

    expect(only(makeSnapshot({ pods })).settles).toBe('image');
  });

  test('takes the cause from the events where the back-off hides it', () => {
    const snapshot = makeSnapshot({
      pods: [makePod('xerv-0', waiting('ImagePullBackOff', `Back-off pulling image "${image}"`))],
      events: [makeEvent('xerv-0', 'Failed', `Failed to pull image "${image}": not found`)],
    });

    expect(only(snapshot).settles).toBe('now');
  });

  test('several pods with one image are told once', () => {
    const pods = ['xerv-0', 'xerv-1', 'xerv-2'].map((name) =>
      makePod(name, waiting('ErrImagePull', 'not found')),
    );

    const [first, ...others] = diagnose(makeSnapshot({ pods }), { target, now });

    expect(others).toEqual([]);
    expect(first?.object).toBe('Pod xerv-0');
    expect(first?.evidence.at(-1)).toBe('the same with xerv-1, xerv-2');
  });
});

describe('containers', () => {
  test.each([
    ['secret "login" not found', 'Create the secret login in namespace xerv'],
    ["couldn't find key url in Secret xerv/login", 'Add the key url to the Secret login'],
  ])('a missing reference: %s', (message, next) => {
    const { settles, diagnosis } = only(
      makeSnapshot({ pods: [makePod('xerv-0', waiting('CreateContainerConfigError', message))] }),
    );

    expect(settles).toBe('config');
    expect(diagnosis.cause).toBe('config');
    expect(diagnosis.message).toBe(`xerv-0 cannot start: ${message}`);
    expect(diagnosis.next).toContain(next);
  });

  test('a volume whose ConfigMap is missing', () => {
    const message =
      'MountVolume.SetUp failed for volume "config" : configmap "xerv-config" not found';
    const { settles, diagnosis } = only(
      makeSnapshot({
        pods: [makePod('xerv-0', waiting('ContainerCreating'))],
        events: [makeEvent('xerv-0', 'FailedMount', message)],
      }),
    );

    expect(settles).toBe('config');
    expect(diagnosis.cause).toBe('config');
  });

  test('a container that ended once may find its backend the next time', () => {
    const container = {
      restartCount: 1,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    };

    expect(only(makeSnapshot({ pods: [makePod('xerv-0', { container })] })).settles).toBe('crash');
    const thrice = { ...container, restartCount: 3 };
    expect(only(makeSnapshot({ pods: [makePod('xerv-0', { container: thrice })] })).settles).toBe(
      'now',
    );
  });

  test('one that runs for a moment between two ends is not well', () => {
    const container = {
      restartCount: 4,
      lastState: { terminated: { exitCode: 137, reason: 'Error' } },
    };

    const { diagnosis } = only(makeSnapshot({ pods: [makePod('xerv-0', { container })] }));

    expect(diagnosis.message).toContain('4 restarts, exit code 137: killed');
  });

  test('quotes the log without what is secret in it', () => {
    const container = {
      restartCount: 3,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    };
    const logs = new Map([
      [
        logKey('xerv-0', 'xerv'),
        [
          'cannot reach redis://:hunter22@redis:6379',
          'config: password="hunter22" retries=3',
          'got s3cr3t',
        ],
      ],
    ]);

    const [diagnosis] = diagnose(makeSnapshot({ pods: [makePod('xerv-0', { container })], logs }), {
      target,
      now,
      secrets: ['s3cr3t'],
    });

    expect(diagnosis?.evidence.filter((line) => line.startsWith('log: '))).toEqual([
      'log: cannot reach redis://:[secret]@redis:6379',
      'log: config: password="[secret]" retries=3',
      'log: got [secret]',
    ]);
  });

  test('out of memory names the limit', () => {
    const { settles, diagnosis } = only(
      makeSnapshot({
        pods: [
          makePod('xerv-0', {
            container: {
              restartCount: 1,
              lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
            },
            spec: { containers: [{ name: 'xerv', resources: { limits: { memory: '1Gi' } } }] },
          }),
        ],
      }),
    );

    expect(settles).toBe('now');
    expect(diagnosis).toMatchObject({
      cause: 'out-of-memory',
      message: expect.stringContaining('(1Gi)'),
      next: expect.stringContaining('resources.limits.memory'),
    });
  });
});

describe('nodes', () => {
  const pending = (message: string) =>
    makePod('xerv-0', {
      node: null,
      phase: 'Pending',
      container: { state: {} },
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
    });

  test.each([
    ['0/3 nodes are available: 3 Insufficient memory.', 'lower resources.requests'],
    ["0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.", 'anti-affinity'],
    ['0/3 nodes are available: 3 node(s) had untolerated taint {gpu: true}.', 'tolerations'],
    [
      "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.",
      'nodeSelector',
    ],
  ])('%s', (message, next) => {
    const { settles, diagnosis } = only(makeSnapshot({ pods: [pending(message)] }));

    expect(settles).toBe('unschedulable');
    expect(diagnosis.next).toContain(next);
    expect(diagnosis.evidence).toEqual([message]);
  });

  test.each(['TriggeredScaleUp', 'Nominated'])(
    'an autoscaler at work (%s) is waited for',
    (reason) => {
      const snapshot = makeSnapshot({
        pods: [pending('0/3 nodes are available: 3 Insufficient cpu.')],
        events: [makeEvent('xerv-0', reason, 'pod triggered scale-up')],
      });

      expect(only(snapshot).settles).toBe('never');
    },
  );

  test('a pod that waits for its claim is the claim’s matter', () => {
    const pods = [pending('pod has unbound immediate PersistentVolumeClaims')];

    expect(find(makeSnapshot({ pods })).map(({ settles }) => settles)).toEqual(['never']);
  });
});

describe('claims', () => {
  test.each([
    [
      'ProvisioningFailed',
      'storageclass.storage.k8s.io "nope" not found',
      'now',
      'no StorageClass nope',
    ],
    [
      'FailedBinding',
      'no persistent volumes available for this claim and no storage class is set',
      'now',
      'no default',
    ],
    [
      'ProvisioningFailed',
      'failed to provision volume: quota exceeded',
      'claim',
      'the provisioner failed',
    ],
  ])('%s: %s', (reason, message, settles, expected) => {
    const found = only(
      makeSnapshot({
        claims: [
          makeClaim('data-xerv-0', { phase: 'Pending', spec: { storageClassName: 'nope' } }),
        ],
        events: [makeEvent('data-xerv-0', reason, message)],
      }),
    );

    expect(found.settles).toBe(settles);
    expect(found.diagnosis.message).toContain(expected);
  });

  test('a missing class is seen from the list of classes alone', () => {
    const found = only(
      makeSnapshot({
        claims: [
          makeClaim('data-xerv-0', { phase: 'Pending', spec: { storageClassName: 'nope' } }),
        ],
        storageClasses: ['standard'],
      }),
    );

    expect(found.settles).toBe('now');
    expect(found.diagnosis.evidence).toContain('StorageClasses: standard');
  });

  test('a claim that waits for its pod is healthy', () => {
    const snapshot = makeSnapshot({
      claims: [makeClaim('data-xerv-0', { phase: 'Pending' })],
      events: [makeEvent('data-xerv-0', 'WaitForFirstConsumer', 'waiting for first consumer')],
      storageClasses: ['standard'],
    });

    expect(find(snapshot)).toEqual([]);
  });
});

describe('controllers', () => {
  const set = (changed: string) => ({
    ...makeSet({ replicas: 3 }),
    metadata: {
      ...makeSet().metadata,
      managedFields: [{ time: changed }, { time: '2027-01-01T00:00:00Z', subresource: 'status' }],
    },
  });
  const refusal = makeEvent(
    'xerv',
    'FailedCreate',
    'create Pod xerv-0 in StatefulSet xerv failed error: pods "xerv-0" is forbidden: violates PodSecurity "restricted:latest"',
  );

  test('Pod Security refuses for ever', () => {
    const snapshot = makeSnapshot({ live: set('2026-01-31T10:00:29Z'), events: [refusal] });

    expect(only(snapshot)).toMatchObject({ settles: 'now', diagnosis: { cause: 'pods-refused' } });
  });

  test('one that was deleted is told, once it may be taken for gone', () => {
    const found = only(makeSnapshot({ live: undefined, pods: [makePod('xerv-0')] }));
    expect(found).toMatchObject({ settles: 'gone', diagnosis: { cause: 'gone' } });
    expect(found.diagnosis.message).toContain('or its namespace was deleted');
    expect(looksWrong(makeSnapshot({ live: undefined }), now)).toBe(true);
  });

  test('an event from before the specification changed does not count', () => {
    const snapshot = makeSnapshot({ live: set('2026-01-31T10:05:00Z'), events: [refusal] });

    expect(find(snapshot)).toEqual([]);
  });

  test('nor one after which all pods were made', () => {
    const pods = ['xerv-0', 'xerv-1', 'xerv-2'].map((name) => makePod(name, { ready: true }));

    expect(
      find(makeSnapshot({ live: set('2026-01-31T10:00:00Z'), pods, events: [refusal] })),
    ).toEqual([]);
  });
});

describe('rolling updates', () => {
  const broken = makePod('xerv-1', { revision: 'old', ...waiting('ErrImagePull', 'not found') });

  test('an old pod that is broken is no cause where pods are replaced in parallel', () => {
    const live = makeSet({ replicas: 2, spec: { podManagementPolicy: 'Parallel' } });

    expect(find(makeSnapshot({ live, pods: [broken] }))).toEqual([]);
  });

  test('where they are replaced in order it holds the update up', () => {
    const live = makeSet({ replicas: 2, spec: { podManagementPolicy: 'OrderedReady' } });
    const { settles, diagnosis } = only(makeSnapshot({ live, pods: [broken] }));

    expect(settles).toBe('blocked');
    expect(diagnosis.next).toContain('kubectl --context lab -n xerv delete pod xerv-1');
  });

  test('nothing is concluded before the controller has seen the change', () => {
    const live = makeSet({ generation: 3, spec: { podManagementPolicy: 'Parallel' } });
    const pods = [makePod('xerv-0', waiting('ErrImagePull', 'not found'))];

    expect(find(makeSnapshot({ live, pods }))).toEqual([]);
  });
});

test('a pod that does not stop is told once it has outstayed its time', () => {
  const stopping = (deleted: string) =>
    makeSnapshot({ pods: [makePod('xerv-0', { deleted, revision: 'old' })] });

  expect(find(stopping('2026-01-31T10:00:55Z'))).toEqual([]);
  expect(only(stopping('2026-01-31T10:00:30Z'))).toMatchObject({
    settles: 'blocked',
    diagnosis: { message: 'xerv-0 was told to stop but is still running' },
  });
});

test('certain causes come before those that may pass', () => {
  const snapshot = makeSnapshot({
    pods: [makePod('xerv-0'), makePod('xerv-1', waiting('ErrImagePull', 'not found'))],
  });

  expect(diagnose(snapshot, { target, now }).map(({ cause }) => cause)).toEqual([
    'image-pull',
    'not-ready',
  ]);
});
