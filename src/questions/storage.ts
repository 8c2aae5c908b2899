import { scalerOf } from '../values/scale.ts';
import type { Values } from '../values/schema/index.ts';
import type { Tree } from '../values/tree.ts';
import { textQuestion, yesNoQuestion } from './kinds.ts';
import { defaultClass, plainOption, seen, words } from './options.ts';
import { accept, type Option, type Question, type QuestionContext, reject } from './question.ts';

/** What the API server takes as a quantity of bytes (resource.Quantity). */
const quantity = /^[1-9]\d*(\.\d+)?(Ki|Mi|Gi|Ti|Pi|Ei|k|M|G|T|P|E)?$/;
/** The name of a StorageClass; `-` is none at all. */
const className = /^(-|[a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$/;

const isRaft = ({ dispatch }: Values) => dispatch.backend === 'raft';
const isKept = (values: Values) => !isRaft(values) && values.persistence.enabled;

export const storageQuestions: readonly Question[] = [
  classQuestion({
    id: 'storage-class',
    title: 'Which StorageClass should provision the volumes?',
    short: 'class {}',
    help: "StorageClass of raft's volumes (default: the cluster's default)",
    when: isRaft,
    read: ({ storage }) => storage.class,
    write: (name) => ({ storage: { class: name } }),
  }),
  sizeQuestion({
    id: 'storage-size',
    short: '{} each',
    title: 'How large should each volume be?',
    help: "size of each of raft's volumes; many classes can grow, none can shrink",
    when: isRaft,
    judgedBy: ['XV-307'],
    read: ({ storage }) => String(storage.size),
    write: (size) => ({ storage: { size } }),
  }),
  yesNoQuestion({
    id: 'persistence',
    short: 'a volume',
    section: 'storage',
    title: 'Should the data be kept on a volume?',
    help: 'a volume for pipelines and traces of a single replica without raft',
    helpWith: () => 'a volume for the pipelines and traces of the one replica',
    yes: 'one volume; pipelines and traces outlive the pod',
    no: 'scratch space, lost with the pod',
    // Several replicas never write to the same directory.
    when: (values) =>
      isKept(values) ||
      (!isRaft(values) && scalerOf(values) === undefined && values.replicaCount === 1),
    read: ({ persistence }) => persistence.enabled,
    write: (enabled) => ({ persistence: { enabled } }),
  }),
  classQuestion({
    id: 'persistence-class',
    title: 'Which StorageClass should provision the volume?',
    short: 'class {}',
    help: "StorageClass of that volume (default: the cluster's default)",
    when: (values) => isKept(values) && !values.persistence.existingClaim,
    read: ({ persistence }) => persistence.storageClass,
    write: (name) => ({ persistence: { storageClass: name } }),
  }),
  sizeQuestion({
    id: 'persistence-size',
    title: 'How large should the volume be?',
    help: 'size of that volume; many classes can grow, none can shrink',
    when: (values) => isKept(values) && !values.persistence.existingClaim,
    judgedBy: ['XV-307'],
    read: ({ persistence }) => String(persistence.size),
    write: (size) => ({ persistence: { size } }),
  }),
];

type StorageParts = Pick<
  Question,
  'id' | 'short' | 'title' | 'help' | 'when' | 'judgedBy' | 'read'
> & {
  readonly write: (answer: string) => Tree;
};

function classQuestion({ write, ...parts }: StorageParts): Question {
  return textQuestion({
    ...parts,
    section: 'storage',
    placeholder: 'NAME',
    needs: ['storageClasses'],
    options: classOptions,
    suggest: ({ values, facts }) => {
      const classes = seen(facts, 'storageClasses') ?? [];
      if (parts.read(values) || classes.some(({ isDefault }) => isDefault)) return undefined;
      return (classes.find((one) => one.allowVolumeExpansion) ?? classes[0])?.name;
    },
    write: (answer) =>
      className.test(answer)
        ? accept(write(answer))
        : reject('That is not a name', "The classes: kubectl get storageclass; '' default"),
  });
}

function classOptions({ facts }: QuestionContext): readonly Option[] {
  const classes = seen(facts, 'storageClasses');
  return [
    defaultClass(classes, 'the volumes would stay Pending'),
    ...(classes ?? []).map((one) =>
      plainOption(
        one.name,
        words(
          one.isDefault && 'the default',
          one.allowVolumeExpansion ? 'can grow' : 'cannot grow',
          one.reclaimPolicy === 'Retain' && 'kept when its claim is deleted',
          one.provisioner,
        ),
      ),
    ),
  ];
}

function sizeQuestion({ write, ...parts }: StorageParts): Question {
  return textQuestion({
    ...parts,
    section: 'storage',
    placeholder: 'SIZE',
    options: () => [
      plainOption('10Gi', 'enough for 100 running traces, 16Mi each'),
      plainOption('50Gi', 'production'),
      plainOption('200Gi', 'long logs, many large traces'),
    ],
    write: (answer) =>
      quantity.test(answer)
        ? accept(write(answer))
        : reject('That is not a size', 'Use a number with a unit, such as 50Gi'),
  });
}
