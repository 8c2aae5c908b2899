import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import { istio } from './istio.ts';
import { linkerd } from './linkerd.ts';

/** Istio or Linkerd. */
export const serviceMesh = {
  serviceMesh: section(
    'A service mesh, which encrypts what goes between the pods and says who may talk to whom. It must be in the cluster already.',
    {
      enabled: value(
        z.boolean(),
        false,
        'Be part of a mesh. Without it nothing of this section is made.',
      ),
      provider: value(z.enum(['', 'istio', 'linkerd']), '', 'Provider: istio or linkerd.'),
      istio,
      linkerd,
    },
  ),
};
