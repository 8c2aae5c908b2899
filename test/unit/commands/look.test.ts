import { describe, expect, test } from 'vitest';
import { createApi } from '../../../src/cluster/api.ts';
import { createObjectStorage } from '../../../src/cluster/releases/objects.ts';
import { createLooker, look } from '../../../src/commands/look.ts';

/** A server with the namespace `here` only. */
function connect() {
  const asked: string[] = [];
  const api = createApi(
    {
      send: async ({ path }) => {
        asked.push(path);
        const answers: Record<string, object> = {
          '/version': { gitVersion: 'v1.36.0' },
          '/apis': { groups: [] },
          '/api/v1/namespaces/here': { metadata: { name: 'here' }, status: { phase: 'Active' } },
        };
        const body = path.includes('/secrets?') ? { items: [] } : answers[path];
        return {
          answered: true,
          answer: { status: body ? 200 : 404, contentType: '', body: JSON.stringify(body ?? {}) },
        };
      },
      close: async () => {},
    },
    1_000,
  );
  const access = { kubeconfig: undefined } as never;
  return { asked, deps: { api, releases: createObjectStorage(api, 'secrets'), access } };
}

const { signal } = new AbortController();
const here = { namespace: 'here', release: 'xerv' };

describe('a look that was begun', () => {
  test('is for the first who asks for the same release', async () => {
    const { asked, deps } = connect();
    const begun = look(deps, here, signal);
    const looker = createLooker(deps, signal, { place: here, look: begun });
    expect(looker(here)).toBe(begun);
    await Promise.all([begun.state, begun.served]);
    const before = asked.length;
    const again = looker(here);
    expect(again).not.toBe(begun);
    await again.state;
    expect(asked.length).toBeGreaterThan(before);
  });

  test('is not for another namespace', async () => {
    const { deps } = connect();
    const looker = createLooker(deps, signal, { place: here, look: look(deps, here, signal) });
    const other = looker({ namespace: 'elsewhere', release: 'xerv' });
    expect((await other.state).namespace).toBe('absent');
    expect((await looker(here).state).namespace).toBe('present');
  });
});
