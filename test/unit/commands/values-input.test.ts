import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseInvocation } from '../../../src/cli/parse.ts';
import type { CommandContext } from '../../../src/commands/context.ts';
import { readValuesInput } from '../../../src/commands/values-input.ts';
import type { Problem } from '../../../src/errors.ts';
import { userValues } from '../../../src/values/layers.ts';

const packageRoot = fileURLToPath(new URL('../../../', import.meta.url));

async function read(line: string, environment: Record<string, string> = {}) {
  const { flags } = parseInvocation(['install', ...line.split(' ')], environment);
  const problems: Problem[] = [];
  const { layers } = await readValuesInput({ flags, packageRoot } as CommandContext, problems);
  return { layers, problems };
}

describe('question flags as layers', () => {
  it('lie over presets, one a flag, named as it was given', async () => {
    const { layers, problems } = await read('--preset observability --no-alerts --mesh istio');
    expect(problems).toEqual([]);
    expect(layers.map(({ origin }) => origin)).toEqual([
      { kind: 'preset', name: 'observability' },
      { kind: 'flag', flag: '--mesh' },
      { kind: 'flag', flag: '--no-alerts' },
    ]);
    expect(userValues(layers)).toMatchObject({
      serviceMesh: { enabled: true, provider: 'istio' },
      monitoring: { alerts: { enabled: false }, dashboards: { enabled: true } },
    });
  });

  it('are told where they would have no effect', async () => {
    const { problems } = await read('--autoscaling hpa --min-replicas 0');
    expect(problems).toMatchObject([{ where: '--min-replicas' }]);
    expect((await read('--preset keda --min-replicas 0')).problems).toEqual([]);
  });
});
