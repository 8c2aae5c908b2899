import { describe, expect, test } from 'vitest';
import { renderNotes } from '../support/render.ts';

const selector = '-l app.kubernetes.io/name=xerv,app.kubernetes.io/instance=xerv';
const deletes = (notes: string) =>
  notes
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('kubectl') && line.includes(' delete '));

test.concurrent('an address that answers, and that nobody has to log in there', async () => {
  const notes = await renderNotes({ server: { apiPort: 9000 }, image: { tag: '0.3.0' } });
  expect(notes).toContain('XERV from ghcr.io/ml-rust/xerv:0.3.0, 1 replica, backend memory.');
  expect(notes).toContain('helm -n team test xerv');
  expect(notes).toContain('http://xerv.team.svc:9000/api/v1/status');
  expect(notes).toContain('kubectl -n team port-forward service/xerv 9000:9000');
  expect(notes).toContain('no authentication');
});

describe('B9: what the backend really does', () => {
  test.concurrent.each([
    ['raft', {}],
    ['redis', { url: 'redis://redis:6379' }],
    ['nats', { url: 'nats://nats:4222' }],
  ])('%s: the public image falls back to memory, and how to see it', async (backend, server) => {
    const notes = await renderNotes({ dispatch: { backend, [backend]: server } });
    expect(notes).toContain(`WARNING: the public XERV 0.1.0 image is built without ${backend}`);
    expect(notes).toMatch(/kubectl -n team logs -l \S+=xerv .*falling back to memory/);
  });

  test.concurrent('memory: the queue ends with the pod; several replicas are on their own', async () => {
    expect(await renderNotes({})).toContain('Queued work is lost');
    expect(await renderNotes({})).not.toContain('WARNING');
    expect(await renderNotes({ replicaCount: 2 })).toContain('do not know about each other');
  });
});

describe('where the data is', () => {
  test.concurrent('scratch space: nothing to back up or to delete', async () => {
    const notes = await renderNotes({});
    expect(notes).toContain('lost with its pod');
    expect(notes).not.toContain('tar cf');
    expect(deletes(notes)).toEqual([]);
  });

  test.concurrent('A05: raft, only the claims of this release in its namespace', async () => {
    const notes = await renderNotes({ dispatch: { backend: 'raft' }, replicaCount: 3 });
    for (const pod of ['xerv-0', 'xerv-1', 'xerv-2'])
      expect(notes).toContain(
        `\n    kubectl -n team exec ${pod} -c xerv -- tar cf - -C /data . > ${pod}.tar\n`,
      );
    expect(notes).toContain('kept on uninstall');
    expect(deletes(notes)).toEqual([`kubectl -n team delete pvc ${selector}`]);
  });

  test.concurrent('raft, where Kubernetes itself deletes the claims', async () => {
    const storage = { retentionPolicy: { whenDeleted: 'Delete' } };
    const notes = await renderNotes({ dispatch: { backend: 'raft' }, storage });
    expect(notes).toContain('deleted by Kubernetes on uninstall');
    expect(deletes(notes)).toEqual([]);
  });

  test.concurrent('a claim of the chart; but never one that was there before', async () => {
    expect(deletes(await renderNotes({ persistence: { enabled: true } }))).toEqual([
      'kubectl -n team delete pvc xerv-data',
    ]);
    const persistence = { enabled: true, existingClaim: 'mine' };
    const notes = await renderNotes({ persistence });
    expect(notes).toContain('Claim mine, kept on uninstall');
    expect(deletes(notes)).toEqual([]);
  });

  test.concurrent('a claim that several pods share: a backup of one pod has only its own data', async () => {
    const persistence = { enabled: true, accessMode: 'ReadWriteMany' };
    const notes = await renderNotes({ replicaCount: 2, persistence });
    expect(notes).toContain('Backup, for each POD:\n    kubectl -n team exec POD -c xerv -- tar');
  });

  test.concurrent('A02: a claim that several replicas cannot share', async () => {
    const notes = await renderNotes({ replicaCount: 2, persistence: { enabled: true } });
    expect(notes).toContain('persistence.enabled is ignored');
    expect(deletes(notes)).toEqual([]);
  });
});

test.concurrent('what to mind comes last, where it is seen', async () => {
  const notes = await renderNotes({
    dispatch: { backend: 'redis', redis: { url: 'redis://redis:6379' } },
    ingress: { enabled: true, className: 'own' },
    networkPolicy: { enabled: true },
    metrics: { serviceMonitor: { enabled: true } },
    extraEnv: [{ name: 'RUST_LOG', value: 'debug' }],
  });
  const [, last = ''] = notes.split('helm -n team uninstall xerv\n\n');
  expect(last.match(/^[A-Z]+: .{30}/gm)).toEqual([
    'WARNING: the public XERV 0.1.0 image is',
    'WARNING: the API is published by its In',
    'WARNING: the Ingress answers to every h',
    'WARNING: the namespace of the ingress c',
    'WARNING: XERV 0.1.0 does not answer on ',
    'DEPRECATED: extraEnv takes the place of mo',
  ]);
  expect(notes.match(/WARNING|DEPRECATED/g)).toHaveLength(6);
  expect(notes).not.toMatch(/\n\n\n/);
});

test.concurrent('a password is not shown', async () => {
  const dispatch = { backend: 'redis', redis: { url: 'redis://:hunter2@redis:6379' } };
  expect(await renderNotes({ dispatch })).not.toContain('hunter2');
});
