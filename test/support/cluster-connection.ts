import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openApi } from '../../src/cluster/connection.ts';
import { createExec } from '../../src/cluster/exec.ts';
import { resolveAccess } from '../../src/cluster/kubeconfig.ts';
import type { Api } from '../../src/cluster/types.ts';
import type { ClusterUser, SharedCluster } from './cluster.ts';

interface Connection {
  readonly user?: ClusterUser;
  readonly kubeconfig?: string;
  readonly as?: string;
  readonly groups?: readonly string[];
  readonly platform?: NodeJS.Platform;
  readonly temporaryDirectory?: string;
  readonly onStderrLine?: (line: string) => void;
}

export async function connect(cluster: SharedCluster, options: Connection = {}): Promise<Api> {
  const { access } = await resolveAccess(
    {
      kubeconfig: options.kubeconfig ?? cluster.kubeconfigs[options.user ?? 'admin'],
      impersonateUser: options.as,
      impersonateGroups: options.groups ?? [],
      requestTimeoutMilliseconds: 10_000,
    },
    { env: {}, homeDirectory: tmpdir() },
  );
  const api = await openApi(access, {
    kubectl: cluster.tools.kubectl,
    exec: createExec(),
    env: { PATH: process.env.PATH, HOME: tmpdir() },
    ...(options.platform && { platform: options.platform }),
    ...(options.temporaryDirectory && { temporaryDirectory: options.temporaryDirectory }),
    ...(options.onStderrLine && { onStderrLine: options.onStderrLine }),
  });
  onTestFinished(() => api.close());
  return api;
}

export async function makeDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'api-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

export async function value<T>(
  result: Promise<{ ok: true; value: T } | { ok: false; failure: { message: string } }>,
): Promise<T> {
  const settled = await result;
  if (!settled.ok) throw new Error(settled.failure.message);
  return settled.value;
}
