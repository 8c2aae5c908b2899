import * as z from 'zod/mini';
import { condition, listOf, objectMetadata, optionalText, text } from '../../objects/parts.ts';
import { gathering, take } from '../gathering.ts';
import { labelSelector } from '../selectors.ts';
import { servedVersion } from '../served.ts';

const group = 'gateway.networking.k8s.io';

const gatewayClass = z.object({
  metadata: objectMetadata,
  spec: z.object({ controllerName: text }),
  status: z._default(z.object({ conditions: listOf(condition) }), { conditions: [] }),
});
const allowedRoutes = z.object({
  kinds: listOf(z.object({ kind: text })),
  namespaces: z.optional(
    z.nullable(z.object({ from: z._default(text, 'Same'), selector: labelSelector })),
  ),
});
const gateway = z.object({
  metadata: objectMetadata,
  spec: z.object({
    gatewayClassName: text,
    listeners: listOf(
      z.object({
        name: text,
        port: z._default(z.number(), 0),
        protocol: text,
        hostname: optionalText,
        allowedRoutes: z.optional(z.nullable(allowedRoutes)),
      }),
    ),
  }),
});
type Gateway = z.infer<typeof gateway>;

export const gatherGateways = gathering<'gateways'>(async ({ reader }) => {
  const version = await servedVersion(reader, group);
  if (!version) return { served: false, classes: [], gateways: [] };
  const [classes, gateways] = await Promise.all([
    reader.list(`/apis/${group}/${version}/gatewayclasses`, gatewayClass),
    reader.list(`/apis/${group}/${version}/gateways`, gateway),
  ]);
  return {
    served: true,
    classes: take(classes).map(({ metadata, spec, status }) => ({
      name: metadata.name,
      controller: spec.controllerName,
      accepted: status.conditions.some((one) => one.type === 'Accepted' && one.status === 'True'),
    })),
    gateways: take(gateways).map(({ metadata, spec }) => ({
      namespace: metadata.namespace ?? '',
      name: metadata.name,
      class: spec.gatewayClassName,
      listeners: spec.listeners.map(toListener),
    })),
  };
});

/** What is left out means routes of the Gateway's own namespace, of every kind. */
function toListener({
  name,
  port,
  protocol,
  hostname,
  allowedRoutes: allowed,
}: Gateway['spec']['listeners'][number]) {
  return {
    name,
    port,
    protocol,
    hostname: hostname ?? '',
    from: allowed?.namespaces?.from ?? 'Same',
    selector: allowed?.namespaces?.selector ?? null,
    kinds: (allowed?.kinds ?? []).map(({ kind }) => kind),
  };
}
