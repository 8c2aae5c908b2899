import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import { port } from './formats.ts';

/** Where the server listens. */
export const server = {
  server: section('Where the server listens.', {
    host: value(
      z.string().check(z.regex(/^[0-9a-fA-F.:]+$/)),
      '0.0.0.0',
      'Address to listen on. On a cluster with IPv6 or dual-stack pods "::" (both families).',
    ),
    apiPort: value(port, 8080, 'HTTP API port, of the container and of the Service.'),
    grpcPort: value(port, 5000, 'gRPC port between raft peers. Opened with backend raft only.'),
  }),
};
