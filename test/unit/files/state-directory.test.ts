import { expect, test } from 'vitest';
import { stateDirectory } from '../../../src/files/state-directory.ts';

test.each([
  ['linux', {}, '/home/me/.local/state/create-xerv-deploy'],
  ['linux', { XDG_STATE_HOME: '/state' }, '/state/create-xerv-deploy'],
  ['linux', { XDG_STATE_HOME: 'relative' }, '/home/me/.local/state/create-xerv-deploy'],
  ['linux', { HOME: '/other' }, '/other/.local/state/create-xerv-deploy'],
  ['darwin', {}, '/home/me/Library/Application Support/create-xerv-deploy'],
  ['win32', { LOCALAPPDATA: '/Users/me/Local' }, '/Users/me/Local/create-xerv-deploy'],
  ['win32', {}, '/home/me/AppData/Local/create-xerv-deploy'],
] as const)('on %s with %j', (platform, env, expected) => {
  expect(stateDirectory({ env, homeDirectory: '/home/me', platform })).toBe(expected);
});
