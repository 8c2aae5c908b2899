import * as z from 'zod/mini';
import { condition, listOf, objectMetadata, text } from '../../objects/parts.ts';
import { gathering, take } from '../gathering.ts';
import { servedVersion } from '../served.ts';

const group = 'gateway.networking.k8s.io';

const gatewayClass = z.object({
  metadata: objectMetadata,
  spec: z.object({ controllerName: text }),
  status: z._default(z.object({ conditions: listOf(condition) }), { conditions: [] }),
});
const gateway = z.object({
  metadata: objectMetadata,
  spec: z.object({ gatewayClassName: text }),
});

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
    })),
  };
});
