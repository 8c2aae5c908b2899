import { expect, test } from 'vitest';
import { cacheDirectory } from '../../../src/files/cache-directory.ts';

test.each([
  ['linux', {}, '/home/me/.cache/create-xerv-deploy'],
  ['linux', { XDG_CACHE_HOME: '/cache' }, '/cache/create-xerv-deploy'],
  ['linux', { XDG_CACHE_HOME: 'relative' }, '/home/me/.cache/create-xerv-deploy'],
  ['linux', { HOME: '/other' }, '/other/.cache/create-xerv-deploy'],
  ['darwin', {}, '/home/me/Library/Caches/create-xerv-deploy'],
  ['win32', { LOCALAPPDATA: '/Users/me/Local' }, '/Users/me/Local/create-xerv-deploy/Cache'],
  ['win32', {}, '/home/me/AppData/Local/create-xerv-deploy/Cache'],
] as const)('on %s with %j', (platform, env, expected) => {
  expect(cacheDirectory({ env, homeDirectory: '/home/me', platform })).toBe(expected);
});
