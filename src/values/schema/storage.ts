import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import { accessMode, optionalName, quantity, storageClass, stringMap } from './formats.ts';

const retention = z.enum(['Retain', 'Delete']);

/** The volumes of raft: one a replica, from the claim template of the StatefulSet. */
export const storage = {
  storage: section(
    'One volume for each raft replica (claims data-<name>-0, …). Class, size and access mode of a running release cannot be changed by helm: resize the claims, delete the StatefulSet with --cascade=orphan, then upgrade.',
    {
      class: value(
        storageClass,
        '',
        'Storage class. Empty: the default class of the cluster. "-": no class (volumes provisioned by hand).',
      ),
      size: value(quantity, '10Gi', 'Storage size.'),
      accessMode: value(accessMode, 'ReadWriteOnce', 'Access mode.'),
      retentionPolicy: section('What Kubernetes itself does with the claims (1.27 and newer).', {
        whenDeleted: value(
          retention,
          'Retain',
          'When the release is removed. Retain keeps the data for the next install.',
        ),
        whenScaled: value(
          retention,
          'Retain',
          'When replicaCount shrinks. Delete prevents a member from coming back with an old log.',
        ),
      }),
    },
  ),
};

/** The volume of the other backends: one claim that the chart owns. */
export const persistence = {
  persistence: section(
    'One volume for a release without raft, used while there is one replica; several replicas never write to the same directory.',
    {
      enabled: value(
        z.boolean(),
        false,
        'Keep /data on a claim. The claim <name>-data stays when the release is removed.',
      ),
      existingClaim: value(optionalName, '', 'Use this claim instead of creating one.'),
      storageClass: value(
        storageClass,
        '',
        'Storage class. Empty: the default class of the cluster. "-": no class.',
      ),
      size: value(quantity, '10Gi', 'Storage size.'),
      accessMode: value(
        accessMode,
        'ReadWriteOnce',
        'Access mode, also of an existing claim. With ReadWriteMany several replicas get a directory each; otherwise they use scratch space.',
      ),
      annotations: value(stringMap, {}, 'Annotations for the claim.'),
    },
  ),
};
