// How long the program takes beyond Node itself: node bench/start-up.mjs [ROUNDS]
import { join } from 'node:path';
import { root, setUp } from '../scripts/setup.mjs';
import { compare, print, runQuietly } from './measure.mjs';

const rounds = Number(process.argv[2] ?? 15);
const { helm4 } = await setUp();
const program = join(root, 'bin/create-xerv-deploy.js');
const chart = join(root, 'charts/xerv');
const preset = join(root, 'presets/production-raft.yaml');
const node = process.execPath;
const env = { ...process.env, XERV_DEPLOY_HELM: helm4 };

const bare = { name: 'node -e 0', run: () => runQuietly(node, ['-e', '0']) };
/** @param {string[]} args */
const ours = (...args) => ({
  name: args.join(' '),
  run: () => runQuietly(node, [program, ...args], env),
});
/** As a first run, without the code that an earlier one compiled. @param {string[]} args */
const oursAnew = (...args) => ({
  name: `${args.join(' ')}, anew`,
  run: () => runQuietly(node, [program, ...args], { ...env, NODE_DISABLE_COMPILE_CACHE: '1' }),
});

print(
  'Answers from the first stage',
  await compare(bare, [ours('--version'), ours('--help')], { rounds }),
  { '--version': 1.15, '--help': 1.15 },
);

print(
  'Answers without a cluster',
  await compare(bare, [ours('explain'), ours('explain', 'XV-301'), ours('presets')], { rounds }),
  { explain: 1.3, 'explain XV-301': 1.3, presets: 1.3 },
);

const renderByHand = {
  name: 'node -e 0; helm template',
  run: async () => {
    await runQuietly(node, ['-e', '0']);
    await runQuietly(helm4, ['template', 'xerv', chart, '-f', preset]);
  },
};
const render = /** @type {const} */ (['render', '--preset', 'production-raft']);
const contenders = [ours(...render), oursAnew(...render)];
print(
  'Rendering',
  await compare(renderByHand, contenders, { rounds }),
  Object.fromEntries(contenders.map(({ name }) => [name, 1.5])),
);
