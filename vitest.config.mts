import { defineConfig } from 'vitest/config';

/**
 * Where real processes and pods take part, a machine that stalls for a while must not fail a whole
 * run in CI; the report names what needed a second try. At a desk each failure is shown at once.
 */
const retry = process.env.CI === 'true' ? 1 : 0;

export default defineConfig({
  test: {
    // Most tests wait for pods and processes; on two cores vitest would take one worker.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          // Files share what they import, which halves the time: no module holds state.
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'frames',
          include: ['test/frames/**/*.test.ts'],
          testTimeout: 60_000,
          // Read when chalk is loaded: without a terminal it would leave out every colour.
          env: { FORCE_COLOR: '1' },
        },
      },
      {
        test: {
          name: 'chart',
          include: ['test/chart/**/*.test.ts'],
          isolate: false,
          // Tests that run side by side start a helm each, and share the cores.
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'cluster',
          retry,
          include: ['test/cluster/**/*.test.ts'],
          isolate: false,
          globalSetup: ['test/cluster/global-setup.ts'],
          // Most take seconds; a rollout pod by pod takes minutes where others use the cores too.
          testTimeout: 300_000,
          // The first run of a machine builds the control plane, which takes minutes.
          hookTimeout: 900_000,
        },
      },
      {
        test: {
          name: 'terminal',
          retry,
          include: ['test/terminal/**/*.test.ts'],
          isolate: false,
          globalSetup: ['test/cluster/global-setup.ts'],
          // The program several times over, with a helm and a kubectl each, on shared cores.
          testTimeout: 300_000,
          hookTimeout: 900_000,
        },
      },
      {
        test: {
          name: 'addons',
          retry,
          include: ['test/addons/**/*.test.ts'],
          testTimeout: 300_000,
          // The first run of a machine builds the add-ons.
          hookTimeout: 2_400_000,
          // After everything else, one file after another: each starts a control plane of its own.
          sequence: { groupOrder: 1 },
          fileParallelism: false,
        },
      },
    ],
  },
});
