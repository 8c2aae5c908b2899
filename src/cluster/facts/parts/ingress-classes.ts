import * as z from 'zod/mini';
import { objectMetadata, text } from '../../objects/parts.ts';
import { gathering, take } from '../gathering.ts';

const ingressClass = z.object({
  metadata: objectMetadata,
  spec: z._default(z.object({ controller: text }), { controller: '' }),
});
const defaultAnnotation = 'ingressclass.kubernetes.io/is-default-class';

export const gatherIngressClasses = gathering<'ingressClasses'>(async ({ reader }) => {
  const path = '/apis/networking.k8s.io/v1/ingressclasses';
  return take(await reader.list(path, ingressClass)).map(({ metadata, spec }) => ({
    name: metadata.name,
    controller: spec.controller,
    isDefault: metadata.annotations[defaultAnnotation] === 'true',
  }));
});
