import { accept, type Question, reject } from './question.ts';

/** What the API server takes as a quantity of bytes (resource.Quantity). */
const quantity = /^[1-9]\d*(\.\d+)?(Ki|Mi|Gi|Ti|Pi|Ei|k|M|G|T|P|E)?$/;

export const storageQuestions: readonly Question[] = [
  {
    id: 'storage-class',
    section: 'storage',
    title: 'Which StorageClass should make the volumes?',
    kind: 'text',
    flag: 'storage-class',
    placeholder: 'NAME',
    help: "StorageClass of raft's volumes (default: the cluster's default)",
    read: ({ storage }) => storage.class || undefined,
    write: (answer) => accept({ storage: { class: answer } }),
  },
  {
    id: 'storage-size',
    section: 'storage',
    title: 'How large should each volume be?',
    kind: 'text',
    flag: 'storage-size',
    placeholder: 'SIZE',
    help: "size of each of raft's volumes, such as 50Gi",
    read: ({ storage }) => String(storage.size),
    write: (answer) =>
      quantity.test(answer)
        ? accept({ storage: { size: answer } })
        : reject(`"${answer}" is not a size`, 'Give a number with a unit, such as 50Gi'),
  },
];
