import { describe, expect, it } from 'vitest';
import {
  describeOrigin,
  effective,
  type Layer,
  originOf,
  userValues,
} from '../../../src/values/layers.ts';

const layers: readonly Layer[] = [
  {
    origin: { kind: 'default' },
    values: { replicaCount: 1, resources: { limits: { cpu: '1', memory: '1Gi' } }, list: [1] },
  },
  { origin: { kind: 'preset', name: 'redis' }, values: { replicaCount: 3, list: [2, 3] } },
  {
    origin: { kind: 'file', path: 'mine.yaml' },
    values: { resources: { limits: { cpu: null } }, replicaCount: 3 },
  },
];

describe('a stack of layers', () => {
  it('gives what the templates see', () => {
    expect(effective(layers)).toEqual({
      replicaCount: 3,
      resources: { limits: { memory: '1Gi' } },
      list: [2, 3],
    });
  });

  it('gives helm what users said, nulls included', () => {
    expect(userValues(layers)).toEqual({
      replicaCount: 3,
      resources: { limits: { cpu: null } },
      list: [2, 3],
    });
  });

  it('knows who decided about a path, the strongest first', () => {
    const origin = (path: string[]) => {
      const found = originOf(layers, path);
      return found === undefined ? undefined : describeOrigin(found);
    };
    expect(origin(['replicaCount'])).toBe('file mine.yaml');
    expect(origin(['list'])).toBe('preset redis');
    expect(origin(['resources', 'limits', 'memory'])).toBe("the chart's default");
    expect(origin(['resources', 'limits', 'cpu'])).toBe('file mine.yaml');
    expect(origin(['resources', 'limits', 'cpu', 'deeper'])).toBe('file mine.yaml');
    expect(origin(['nobody'])).toBeUndefined();
  });

  it('replaces a map where a layer says so', () => {
    const stack: Layer[] = [
      { origin: { kind: 'file', path: 'f' }, values: { a: { old: 1, both: 1 } } },
      {
        origin: { kind: 'set', flag: '--set-json', expression: 'a={"both":2}' },
        values: { a: { both: 2 } },
        replaces: [['a']],
      },
    ];
    expect(effective(stack)).toEqual({ a: { both: 2 } });
    expect(originOf(stack, ['a', 'old'])?.kind).toBe('set');
  });

  it('never prints a password that stands in an expression', () => {
    const origin = {
      kind: 'set',
      flag: '--set',
      expression: 'dispatch.redis.url=redis://:hunter2@cache:6379',
    } as const;
    expect(describeOrigin(origin)).toBe('--set dispatch.redis.url=redis://:[secret]@cache:6379');
  });
});
