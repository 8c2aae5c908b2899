import { parseAllDocuments, stringify } from 'yaml';
import { maskNode, secretMask } from '../../values/mask.ts';
import { areEqual, isTree, type Node, type Tree } from '../../values/tree.ts';

/** A manifest as it may be shown: a document without anything secret stays as it was rendered. */
export function maskManifest(manifest: string): string {
  return manifest
    .split(/^---\n/m)
    .map(maskText)
    .join('---\n');
}

function maskText(text: string): string {
  const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent' });
  const object = (Array.isArray(documents) ? documents[0]?.toJS() : undefined) as Node | undefined;
  if (!isTree(object)) return text;
  const masked = maskSecret(maskNode(object) as Tree);
  if (areEqual(masked, object)) return text;
  const comments = text.split('\n').filter((line) => line.startsWith('#'));
  return [...comments, stringify(masked)].join('\n');
}

function maskSecret(object: Tree): Tree {
  if (object.kind !== 'Secret') return object;
  const masked = ['data', 'stringData'].flatMap((field): [string, Node][] => {
    const held = object[field];
    if (!isTree(held)) return [];
    return [[field, Object.fromEntries(Object.keys(held).map((key) => [key, secretMask]))]];
  });
  return { ...object, ...Object.fromEntries(masked) };
}
