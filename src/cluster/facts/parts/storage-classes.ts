import { storageClass } from '../../objects.ts';
import { known } from '../facts.ts';
import type { Gatherer } from '../gather.ts';
import { gap } from '../reader.ts';

const defaultAnnotation = 'storageclass.kubernetes.io/is-default-class';

export const gatherStorageClasses: Gatherer<'storageClasses'> = async ({ reader }) => {
  const classes = await reader.list('/apis/storage.k8s.io/v1/storageclasses', storageClass);
  if (!classes.ok) return gap(classes.failure);
  return known(
    classes.value.map((item) => ({
      name: item.metadata.name,
      provisioner: item.provisioner,
      isDefault: item.metadata.annotations[defaultAnnotation] === 'true',
      allowVolumeExpansion: item.allowVolumeExpansion ?? false,
      volumeBindingMode: item.volumeBindingMode ?? 'Immediate',
      reclaimPolicy: item.reclaimPolicy ?? 'Delete',
    })),
  );
};
