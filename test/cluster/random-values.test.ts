import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { arbitraryValues } from '../support/arbitrary-values.ts';
import { describeCluster, kubectl, makeNamespace } from '../support/cluster.ts';
import { ensureCrds } from '../support/crds.ts';
import { render } from '../support/render.ts';

/** Words of the API server for an object that is not shaped as its kind. Values may be refused. */
const misshapen =
  /strict decoding error|unknown field|duplicate field|failed to create typed patch|cannot unmarshal|duplicate entries|Duplicate value|unable to recognize/;

describeCluster('what the schema allows, on the API server', (cluster) => {
  beforeAll(() =>
    ensureCrds(cluster, [
      ...(['gateway-api', 'istio', 'keda', 'linkerd', 'prometheus-operator'] as const),
      'vertical-pod-autoscaler',
    ]),
  );

  test('has the shape of its kind, field by field', async () => {
    const namespace = await makeNamespace(cluster);
    // Objects, not whole renderings: what users may write into labels, say, is not all allowed.
    let accepted = 0;
    const values = await arbitraryValues(['extraObjects']);
    await fc.assert(
      fc.asyncProperty(values, async (tree) => {
        const rendering = await render(tree, { namespace }).catch(() => undefined);
        if (!rendering) return;
        const { stdout, stderr } = await kubectl(
          cluster,
          ['apply', '--server-side', '--dry-run=server', '--validate=strict', '-f', '-'],
          { input: rendering.text },
        );
        expect(stderr).not.toMatch(misshapen);
        accepted += stdout.match(/serverside-applied/g)?.length ?? 0;
      }),
      { numRuns: 25 },
    );
    expect(accepted).toBeGreaterThan(30);
  });
});
