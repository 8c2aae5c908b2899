import { expect, test } from 'vitest';
import { cacheDirectory, stateDirectory } from '../../../src/files/user-directories.ts';

const homeDirectory = '/home/me';

test.each([
  ['linux', {}, '/home/me/.cache/create-xerv-deploy'],
  ['linux', { XDG_CACHE_HOME: '/cache' }, '/cache/create-xerv-deploy'],
  ['linux', { XDG_CACHE_HOME: 'relative' }, '/home/me/.cache/create-xerv-deploy'],
  ['linux', { HOME: '/other' }, '/other/.cache/create-xerv-deploy'],
  ['darwin', {}, '/home/me/Library/Caches/create-xerv-deploy'],
  ['win32', { LOCALAPPDATA: '/Users/me/Local' }, '/Users/me/Local/create-xerv-deploy/Cache'],
  ['win32', {}, '/home/me/AppData/Local/create-xerv-deploy/Cache'],
] as const)('caches on %s with %j', (platform, env, expected) => {
  expect(cacheDirectory({ env, homeDirectory, platform })).toBe(expected);
});

test.each([
  ['linux', {}, '/home/me/.local/state/create-xerv-deploy'],
  ['linux', { XDG_STATE_HOME: '/state' }, '/state/create-xerv-deploy'],
  ['linux', { XDG_STATE_HOME: 'relative' }, '/home/me/.local/state/create-xerv-deploy'],
  ['linux', { HOME: '/other' }, '/other/.local/state/create-xerv-deploy'],
  ['darwin', {}, '/home/me/Library/Application Support/create-xerv-deploy'],
  ['win32', { LOCALAPPDATA: '/Users/me/Local' }, '/Users/me/Local/create-xerv-deploy'],
  ['win32', {}, '/home/me/AppData/Local/create-xerv-deploy'],
] as const)('state on %s with %j', (platform, env, expected) => {
  expect(stateDirectory({ env, homeDirectory, platform })).toBe(expected);
});
