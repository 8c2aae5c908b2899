import type { Values } from '../values/schema/index.ts';

/** A variable that the chart sets by itself. */
export interface ManagedVariable {
  readonly name: string;
  /** The value's path, which should be set instead; empty where nothing sets it. */
  readonly setting: string;
  /** What the chart gives it; undefined where that comes from a Secret or the pod. */
  readonly value: string | undefined;
}

/** The variables of the container that extraEnv may take over; templates/_env.tpl sets them. */
export function managedVariables(values: Values): readonly ManagedVariable[] {
  const { monitoring, executor, metrics } = values;
  const { logging } = monitoring;
  const level = logging.level === '' ? '' : `xerv=${logging.level}`;
  return [
    { name: 'XERV_DATA_DIR', setting: '', value: '/data' },
    ...dispatchVariables(values),
    ...(
      [
        ['XERV_MAX_CONCURRENT_NODES', 'maxConcurrentNodes'],
        ['XERV_MAX_CONCURRENT_TRACES', 'maxConcurrentTraces'],
        ['XERV_NODE_TIMEOUT_MS', 'nodeTimeoutMs'],
      ] as const
    ).map(([name, key]) => ({ name, setting: `executor.${key}`, value: String(executor[key]) })),
    ...present('XERV_LOG_FORMAT', 'monitoring.logging.format', logging.format),
    ...present('RUST_LOG', 'monitoring.logging', logging.filter || level),
    { name: 'XERV_METRICS_ENABLED', setting: 'metrics.enabled', value: String(metrics.enabled) },
    ...(metrics.enabled && !metrics.onApiPort
      ? [{ name: 'XERV_METRICS_PORT', setting: 'metrics.port', value: String(metrics.port) }]
      : []),
    ...tracingVariables(monitoring.tracing),
  ];
}

const present = (name: string, setting: string, value: string): ManagedVariable[] =>
  value === '' ? [] : [{ name, setting, value }];

function dispatchVariables({ dispatch }: Values): ManagedVariable[] {
  const { backend } = dispatch;
  const own = { name: 'XERV_DISPATCH_BACKEND', setting: 'dispatch.backend', value: backend };
  switch (backend) {
    case 'redis':
    case 'nats': {
      const name = `XERV_DISPATCH_${backend.toUpperCase()}_URL`;
      return [own, { name, setting: `dispatch.${backend}.url`, value: undefined }];
    }
    case 'raft':
      return [
        own,
        ...['NODE_ID', 'PEERS', 'LISTEN_ADDR'].map((part) => ({
          name: `XERV_DISPATCH_RAFT_${part}`,
          setting: '',
          value: undefined,
        })),
      ];
    default:
      return [own];
  }
}

function tracingVariables(tracing: Values['monitoring']['tracing']): ManagedVariable[] {
  if (!tracing.enabled) return [];
  return [
    { name: 'OTEL_ENABLED', setting: 'monitoring.tracing.enabled', value: 'true' },
    ...present(
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'monitoring.tracing.endpoint',
      withScheme(tracing.endpoint),
    ),
    ...present(
      'OTEL_SERVICE_NAME',
      'monitoring.tracing.serviceName',
      tracing.serviceName || 'xerv',
    ),
  ];
}

/** As the chart gives the collector's address to the exporter, which wants a scheme. */
export const withScheme = (endpoint: string): string =>
  endpoint === '' || endpoint.includes('://') ? endpoint : `http://${endpoint}`;
