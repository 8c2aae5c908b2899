import { expect, it } from 'vitest';
import { shownPath } from '../../../src/files/shown-path.ts';

it.each([
  ['/home/me/work/xerv-values.yaml', './xerv-values.yaml'],
  ['/home/me/work/prod/values.yaml', './prod/values.yaml'],
  ['/home/me/work/..values.yaml', './..values.yaml'],
  ['/home/me/values.yaml', '/home/me/values.yaml'],
  ['/home/me/workshop/values.yaml', '/home/me/workshop/values.yaml'],
  ['-', '-'],
])('tells %s as %s', (path, shown) => {
  expect(shownPath(path, '/home/me/work')).toBe(shown);
});
