// `npm test`: sets up what is missing, then runs every check and every test.
//
//   npm test                     everything
//   npm test -- test/unit        only these tests, without the checks
//   npm test -- --project chart
//   npm run test:addons          the real add-ons alone
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.mjs';
import { root, say, setUp, setUpAddOns, setUpControlPlane, setUpPromtool } from './setup.mjs';

const args = process.argv.slice(2);

await setUp();
await Promise.all([
  needed(['cluster', 'terminal', 'addons']) && setUpClusters(),
  needed(['chart', 'addons']) && setUpPromtool(),
]);
process.exitCode = (args.length > 0 || (await passesChecks())) && (await passesTests()) ? 0 : 1;

/**
 * Whether tests of one of these projects may run: building takes minutes, which somebody who asked
 * for unit tests alone need not wait for.
 * @param {readonly string[]} projects
 */
function needed(projects) {
  const asked = args.flatMap(
    (arg) => /(?:^|=|test\/)(unit|chart|cluster|terminal|addons)(?:\/|$)/.exec(arg)?.[1] ?? [],
  );
  return asked.length === 0 || asked.some((name) => projects.includes(name));
}

/** @throws in CI, where the control plane cannot be built */
async function setUpClusters() {
  const controlPlane = await setUpControlPlane();
  if ('unusable' in controlPlane) {
    say(`Without the control plane: ${controlPlane.unusable}`);
    if (process.env.CI) throw new Error('in CI the control plane must be there');
  } else if (args.length === 0 || args.some((arg) => arg.includes('addons'))) {
    await setUpAddOns();
  }
}

/** Types, lint and format, dead code, and what would be published; all that fails is shown. */
async function passesChecks() {
  say('Checking types, lint and format, dead code and what would be published');
  const results = await Promise.all(
    ['typecheck', 'lint', 'dead-code', 'publish-check'].map(async (check) => ({
      check,
      ...(await run('npm', ['run', '--silent', check], { cwd: root, capture: true })),
    })),
  );
  const failed = results.filter(({ code }) => code !== 0);
  for (const { check, stdout, stderr } of failed)
    say(`npm run ${check} failed:\n${stdout}${stderr}`);
  return failed.length === 0;
}

/** Runs vitest, and closes with a line that says how many tests passed, failed and were skipped. */
async function passesTests() {
  const report = join(root, 'node_modules/.test-report.json');
  await rm(report, { force: true });
  const { code } = await run(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ],
    // Node 20 reads this file at each start, which takes longer than the programs under test.
    { cwd: root, env: { ...process.env, NODE_EXTRA_CA_CERTS: undefined } },
  );
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(
    await readFile(report, 'utf8'),
  );
  // A suite that could not be loaded has no failed test of its own.
  const failed = Math.max(numFailedTests, code === 0 ? 0 : Math.min(numFailedTestSuites, 1));
  console.log(`${numPassedTests} passed, ${failed} failed, ${numPendingTests} skipped`);
  return code === 0;
}
