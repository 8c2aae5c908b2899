import { storageClass } from '../../objects.ts';
import { gathering, take } from '../gathering.ts';
import { hostKey, valuesOfTerms, zoneKey } from '../topology-terms.ts';

/** The second one is honoured still, though long out of use. */
const defaultAnnotations = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];

export const gatherStorageClasses = gathering<'storageClasses'>(async ({ reader }) => {
  const classes = take(await reader.list('/apis/storage.k8s.io/v1/storageclasses', storageClass));
  return classes.map((item) => {
    const terms = item.allowedTopologies.map((one) => one.matchLabelExpressions);
    const hosts = valuesOfTerms(terms, hostKey);
    return {
      name: item.metadata.name,
      provisioner: item.provisioner,
      isDefault: defaultAnnotations.some((key) => item.metadata.annotations[key] === 'true'),
      allowVolumeExpansion: item.allowVolumeExpansion ?? false,
      volumeBindingMode: item.volumeBindingMode ?? 'Immediate',
      reclaimPolicy: item.reclaimPolicy ?? 'Delete',
      zones: valuesOfTerms(terms, zoneKey),
      ...(hosts.length > 0 ? { hosts } : {}),
    };
  });
});
