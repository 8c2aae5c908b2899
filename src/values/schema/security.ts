import * as z from 'zod/mini';
import { openSection, section, value } from './documented.ts';
import { optionalName, stringMap, strings } from './formats.ts';

const id = z.int().check(z.gte(0), z.lte(4_294_967_295));

/** What the pods may do; the defaults meet the Pod Security level "restricted". */
export const security = {
  podSecurityContext: openSection(
    'Security context of the pod. OpenShift assigns ids per namespace: there the defaults of runAsUser and fsGroup are omitted.',
    {
      runAsNonRoot: value(z.boolean(), true, 'Refuse to run as root.'),
      runAsUser: value(id, 1000, "User id; 1000 is the image's."),
      fsGroup: value(id, 1000, 'Group that owns the files on the volumes.'),
      fsGroupChangePolicy: value(
        z.enum(['OnRootMismatch', 'Always']),
        'OnRootMismatch',
        'When ownership is set: only where the top directory has another owner, or at each start.',
      ),
      seccompProfile: openSection('System calls that the container may make.', {
        type: value(
          z.enum(['RuntimeDefault', 'Unconfined', 'Localhost']),
          'RuntimeDefault',
          'Seccomp profile.',
        ),
      }),
    },
  ),
  securityContext: openSection('Security context of the container.', {
    allowPrivilegeEscalation: value(z.boolean(), false, 'Let a process gain privileges.'),
    readOnlyRootFilesystem: value(
      z.boolean(),
      true,
      'Create the image read-only; /data, /tmp and /var/lib/xerv stay writable.',
    ),
    capabilities: openSection('Linux capabilities.', {
      drop: value(strings, ['ALL'], 'Dropped capabilities.'),
    }),
  }),
  serviceAccount: section(
    'The account that the pods run under. XERV does not call the Kubernetes API.',
    {
      create: value(z.boolean(), true, 'Create a ServiceAccount.'),
      automount: value(z.boolean(), false, 'Mount a token of the account into the pods.'),
      annotations: value(stringMap, {}, 'Annotations for the ServiceAccount.'),
      name: value(
        optionalName,
        '',
        'Its name. Empty: that of the release, or "default" where none is made.',
      ),
    },
  ),
};
