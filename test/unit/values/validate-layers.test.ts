import { expect, test } from 'vitest';
import { type Layers, userValues } from '../../../src/values/layers.ts';
import { validateLayers } from '../../../src/values/validate-layers.ts';
import { chartSchema } from '../../support/chart-schema.ts';

const layers: Layers = [
  { origin: { kind: 'preset', name: 'redis' }, values: { replicaCount: 10 } },
  { origin: { kind: 'file', path: 'prod.yaml' }, values: { dispatch: { frobnicate: 1 } } },
  { origin: { kind: 'file', path: 'more.yaml' }, values: { replicaCount: 'many' } },
  {
    origin: { kind: 'set', flag: '--set', expression: 'passwrd=hunter2' },
    values: { passwrd: 'hunter2' },
  },
];

test('says which of the layers each problem comes from, and no secret', () => {
  const problems = validateLayers(chartSchema, userValues(layers), layers);
  expect(problems.map(({ where, why }) => [where, why]).sort()).toEqual([
    ['dispatch.frobnicate', 'It comes from file prod.yaml.'],
    ['passwrd', 'It comes from --set.'],
    ['replicaCount', 'It comes from file more.yaml.'],
  ]);
  expect(JSON.stringify(problems)).not.toContain('hunter2');
});
