import { expect, test } from 'vitest';
import { isImageName } from '../../../src/values/image-name.ts';

const hash = (algorithm: string, length: number) => `${algorithm}:${'0'.repeat(length)}`;

test.each([
  'xerv',
  'xerv:1',
  'ghcr.io/ml-rust/xerv:0.1.0',
  'localhost:5000/xerv:1.0',
  'Registry.Example.com/team/xerv',
  'r.io/a__b/c-d.e:V1_x',
  '[fd00::1]:5000/xerv',
  `r.io/xerv@${hash('sha256', 64)}`,
  `r.io/xerv:1@${hash('sha512', 128)}`,
  `r.io/xerv:${'x'.repeat(128)}`,
  `r.io:5000/${'x'.repeat(245)}:1`,
])('%s can be', (name) => {
  expect(isImageName(name)).toBe(true);
});

test.each([
  '',
  'r.io/Team/xerv:1',
  'Xerv:1',
  'r.io/xerv:1:2',
  'r.io/xerv:',
  'r.io/xerv: 1',
  ' r.io/xerv:1',
  'https://r.io/xerv:1',
  'r.io//xerv',
  'r.io/xerv/',
  'r.io/-xerv',
  'r.io/a___b',
  'r.io/xerv:-1',
  `r.io/xerv:${'x'.repeat(129)}`,
  `r.io/${'x'.repeat(251)}:1`,
  `r.io/xerv@${hash('sha256', 63)}`,
  `r.io/xerv@${hash('sha256', 65)}`,
  `r.io/xerv@${hash('md5', 32)}`,
  `r.io/xerv@${'0'.repeat(64)}`,
])('%j cannot be', (name) => {
  expect(isImageName(name)).toBe(false);
});
