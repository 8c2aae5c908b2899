import { render } from '../../support/render.ts';

export const on = { enabled: true };
export const redis = { backend: 'redis', redis: { url: 'redis://redis:6379' } };
export const nats = { backend: 'nats', nats: { url: 'nats://nats:4222' } };

export interface Trigger {
  readonly type: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly authenticationRef?: unknown;
}

export async function scaledObject(values: object | string, namespace = 'team') {
  const { spec } = (await render(values, { namespace })).get('ScaledObject');
  return spec as Record<string, unknown> & { triggers: readonly Trigger[] };
}
export const withTriggers = (triggers: object, more: object = {}) => ({
  keda: { enabled: true, triggers, ...more },
});
export const firstTrigger = async (values: object) => (await scaledObject(values)).triggers[0];
