import { expect, test } from 'vitest';
import { childEnvironment } from '../../../src/cluster/child-environment.ts';

const access = { kubeconfig: '/home/me/.kube/config' };

test('nothing that leads helm elsewhere, and none of our variables, reaches a child', () => {
  const env = childEnvironment(
    {
      PATH: '/bin',
      HELM_KUBECONTEXT: 'production',
      HELM_KUBETOKEN: 'token',
      HELM_KUBEAPISERVER: 'https://elsewhere',
      HELM_NAMESPACE: 'elsewhere',
      HELM_DEBUG: 'true',
      XERV_DEPLOY_REDIS_URL: 'redis://:password@redis',
      xerv_deploy_nats_url: 'nats://:password@nats',
      UNSET: undefined,
    },
    access,
  );
  expect(env).toEqual({
    PATH: '/bin',
    GOGC: '400',
    GOMEMLIMIT: '512MiB',
    NO_COLOR: '1',
    HELM_COLOR: 'never',
    HELM_NO_PLUGINS: '1',
    KUBERC: 'off',
    KUBECTL_KUBERC: 'false',
    KUBECONFIG: '/home/me/.kube/config',
  });
});

test('what plugins, proxies and helm itself need is kept', () => {
  const kept = {
    HOME: '/home/me',
    HTTPS_PROXY: 'http://proxy:3128',
    AWS_PROFILE: 'work',
    HELM_DRIVER: 'configmap',
    HELM_CACHE_HOME: '/cache',
    HELM_MAX_HISTORY: '3',
  };
  expect(childEnvironment(kept, access)).toMatchObject(kept);
});

test('the kubeconfig that was resolved replaces every other', () => {
  expect(childEnvironment({ KUBECONFIG: '/other' }, access).KUBECONFIG).toBe(access.kubeconfig);
  expect(
    childEnvironment({ KUBECONFIG: '/missing' }, { kubeconfig: undefined }),
  ).not.toHaveProperty('KUBECONFIG');
});

test('only short commands run without garbage collection, and a choice of the user stays', () => {
  expect(childEnvironment({}, access).GOGC).not.toBe('off');
  expect(childEnvironment({}, access, 'short')).toMatchObject({ GOGC: 'off' });
  expect(childEnvironment({}, access, 'proxy')).toMatchObject({ GOMEMLIMIT: '128MiB' });
  expect(childEnvironment({ GOGC: '50' }, access, 'short').GOGC).toBe('50');
});
