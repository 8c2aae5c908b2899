import { expect, it } from 'vitest';
import { shownPath } from '../../../src/files/shown-path.ts';

it.each([
  ['/home/me/site/xerv-values.yaml', './xerv-values.yaml'],
  ['/home/me/site/prod/values.yaml', './prod/values.yaml'],
  ['/home/me/site/..values.yaml', './..values.yaml'],
  ['/home/me/values.yaml', '/home/me/values.yaml'],
  ['/home/me/siteshop/values.yaml', '/home/me/siteshop/values.yaml'],
  ['-', '-'],
])('tells %s as %s', (path, shown) => {
  expect(shownPath(path, '/home/me/site')).toBe(shown);
});
