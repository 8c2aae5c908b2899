/** The name under which our provisioner makes volumes; provisioner.go has the same. */
export const PROVISIONER = 'volumes.test.xerv.io';

/**
 * @typedef {{provisioner?: string, isDefault?: true, expandable: boolean,
 *   binding: 'Immediate' | 'WaitForFirstConsumer', reclaim?: 'Retain'}} ClassOptions
 */

/** @type {Record<string, ClassOptions>} */
const PLAYGROUND = {
  standard: { isDefault: true, expandable: true, binding: 'Immediate' },
  'fast-ssd': { expandable: true, binding: 'WaitForFirstConsumer' },
};

/** @type {Readonly<Record<'test' | 'playground', Record<string, ClassOptions>>>} */
export const STORAGE_CLASSES = {
  playground: PLAYGROUND,
  test: {
    ...PLAYGROUND,
    fixed: { expandable: false, binding: 'Immediate' },
    retain: { expandable: true, binding: 'Immediate', reclaim: 'Retain' },
    // Nobody makes volumes of this class, so its claims stay Pending.
    'no-provisioner': {
      provisioner: 'kubernetes.io/no-provisioner',
      expandable: false,
      binding: 'Immediate',
    },
  },
};

/**
 * @param {string} name
 * @param {ClassOptions} options
 * @returns {{path: string, manifest: object}}
 */
export function makeStorageClass(name, { provisioner, isDefault, expandable, binding, reclaim }) {
  return {
    path: `/apis/storage.k8s.io/v1/storageclasses/${name}`,
    manifest: {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name,
        annotations: isDefault ? { 'storageclass.kubernetes.io/is-default-class': 'true' } : {},
      },
      provisioner: provisioner ?? PROVISIONER,
      reclaimPolicy: reclaim ?? 'Delete',
      allowVolumeExpansion: expandable,
      volumeBindingMode: binding,
    },
  };
}
