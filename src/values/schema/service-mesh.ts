import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import { istio } from './istio.ts';
import { linkerd } from './linkerd.ts';

/** Istio or Linkerd. */
export const serviceMesh = {
  serviceMesh: section(
    'A service mesh, which encrypts traffic between pods and controls who may talk to whom. It must already be installed.',
    {
      enabled: value(
        z.boolean(),
        false,
        'Join a mesh. Without it nothing in this section is created.',
      ),
      provider: value(z.enum(['', 'istio', 'linkerd']), '', 'Provider: istio or linkerd.'),
      istio,
      linkerd,
    },
  ),
};
