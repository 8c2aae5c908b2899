import { monitorsOf, operatorKinds, scalersOnMetrics } from '../metrics-users.ts';
import type { Check, CheckInput } from '../types.ts';
import { fail, pass, warn } from '../verdicts.ts';
import { publicImage } from './backend.ts';

const isRead = ({ values }: Pick<CheckInput, 'values'>) =>
  values.metrics.enabled &&
  (operatorKinds(values).length > 0 || scalersOnMetrics(values).length > 0);

/** Whether a scrape of XERV's metrics brings anything, once. */
export const scrapingChecks: readonly Check[] = [
  {
    id: 'XV-604',
    category: 'observability',
    title: 'Alerts and monitors have metrics',
    why: 'Without metrics.enabled the chart creates no monitors and no alerts, even if they are turned on.',
    reads: 'metrics.enabled, metrics.serviceMonitor, metrics.podMonitor, monitoring.alerts',
    rules: ['D70'],
    applies: ({ values }) => operatorKinds(values).length > 0,
    needs: () => [],
    run: ({ values }) => {
      if (values.metrics.enabled) return pass('metrics.enabled is true.');
      const settings = operatorKinds(values).map(({ setting }) => setting);
      const say = values.monitoring.alerts.enabled ? fail : warn;
      return say(
        `${settings.join(' and ')} is on, but metrics.enabled is false: nothing is created.`,
        {
          evidence: ['metrics.enabled: false', ...settings.map((one) => `${one}.enabled: true`)],
          remedies: [
            { text: 'Turn metrics on.', changes: [{ path: ['metrics', 'enabled'], value: true }] },
            {
              text: 'Or turn off what reads them.',
              changes: settings.map((one) => ({
                path: [...one.split('.'), 'enabled'],
                value: false,
              })),
            },
          ],
        },
      );
    },
  },
  {
    id: 'XV-606',
    category: 'observability',
    title: 'Metrics are scraped on a port that answers',
    why: 'XERV 0.1.0 answers on its API port only. Nothing listens on metrics.port: the target is down, and XervInstanceDown fires permanently.',
    reads: 'image.repository, metrics.onApiPort, monitors and alerts',
    rules: [],
    applies: isRead,
    needs: () => [],
    run: ({ values: { image, metrics } }) => {
      if (metrics.onApiPort) return pass('They are scraped on the API port.');
      if (image.repository !== publicImage) return pass(`${image.repository} is your own image.`);
      return warn(`The public image serves no metrics on port ${metrics.port}.`, {
        evidence: [`image.repository: ${image.repository}`, 'metrics.onApiPort: false'],
        remedies: [
          {
            text: 'Scrape the API port.',
            changes: [{ path: ['metrics', 'onApiPort'], value: true }],
          },
        ],
      });
    },
  },
  {
    id: 'XV-607',
    category: 'observability',
    title: 'The image serves metrics',
    why: 'The images that XERV 0.1.0 publishes never start their metrics: the response is empty, alerts other than XervInstanceDown stay silent, and autoscalers that read them see 0.',
    reads: 'image.repository, monitors, alerts, the triggers of autoscalers',
    rules: [],
    applies: isRead,
    needs: () => [],
    run: ({ values: { image } }) =>
      image.repository === publicImage
        ? warn('The public image answers scrapes without a single series.', {
            evidence: [`image.repository: ${image.repository}`],
            remedies: [{ text: 'Use an image that starts its metrics: --image REPOSITORY:TAG' }],
          })
        : pass(`${image.repository} is your own image.`),
  },
  {
    id: 'XV-609',
    category: 'observability',
    title: 'Metrics are collected once',
    why: 'A ServiceMonitor and a PodMonitor find the same pods: every series exists twice, and sums are doubled.',
    reads: 'metrics.serviceMonitor, metrics.podMonitor',
    rules: [],
    applies: ({ values }) => values.metrics.enabled && monitorsOf(values).length > 0,
    needs: () => [],
    run: ({ values }) =>
      monitorsOf(values).length < 2
        ? pass('There is one monitor.')
        : warn('metrics.serviceMonitor and metrics.podMonitor collect everything twice.', {
            evidence: ['metrics.serviceMonitor.enabled: true', 'metrics.podMonitor.enabled: true'],
            remedies: [
              {
                text: 'Keep the ServiceMonitor.',
                changes: [{ path: ['metrics', 'podMonitor', 'enabled'], value: false }],
              },
            ],
          }),
  },
  {
    id: 'XV-610',
    category: 'observability',
    title: 'A scrape ends before the next one begins',
    why: 'The Prometheus Operator skips a monitor whose scrapeTimeout exceeds its interval: nothing is collected, and only the operator’s log says so.',
    reads: 'interval and scrapeTimeout of metrics.serviceMonitor and metrics.podMonitor',
    rules: [],
    applies: ({ values }) => values.metrics.enabled && monitorsOf(values).length > 0,
    needs: () => [],
    run: ({ values }) => {
      const wrong = monitorsOf(values).filter((key) => {
        const { interval, scrapeTimeout } = values.metrics[key];
        return secondsOf(scrapeTimeout) > secondsOf(interval);
      });
      if (wrong.length === 0) return pass('It does.');
      return fail('The scrape timeout exceeds the scrape interval.', {
        evidence: wrong.map((key) => {
          const { interval, scrapeTimeout } = values.metrics[key];
          return `metrics.${key}: interval ${interval}, scrapeTimeout ${scrapeTimeout}`;
        }),
        remedies: [
          {
            text: 'Shorten scrapeTimeout to the interval.',
            changes: wrong.map((key) => ({
              path: ['metrics', key, 'scrapeTimeout'],
              value: values.metrics[key].interval,
            })),
          },
        ],
      });
    },
  },
];

const unitSeconds: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** Of a length of time as Prometheus writes it. */
function secondsOf(duration: string): number {
  return [...duration.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (unitSeconds[unit ?? ''] ?? 0),
    0,
  );
}
