import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from './api.mjs';

/**
 * Makes the kinds of add-ons known to the cluster and waits until they are served.
 * @param {import('./api.mjs').Client} client
 * @param {string | undefined} crdsDirectory from ensureControlPlane: a folder for each add-on
 * @param {readonly string[]} names of add-ons, see crds.json
 */
export async function applyCrds(client, crdsDirectory, names) {
  if (!crdsDirectory) throw new Error('no crdsDirectory was given');
  const documents = (
    await Promise.all(names.map((name) => readDocuments(join(crdsDirectory, name))))
  ).flat();
  await Promise.all(documents.map((document) => applyCrd(client, document)));
}

/**
 * @param {string} folder
 * @returns {Promise<{name: string, text: string}[]>}
 */
async function readDocuments(folder) {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts
    .flatMap((text) => text.split(/^---$/m))
    .filter((text) => /^kind: CustomResourceDefinition$/m.test(text))
    .map((text) => {
      // The name is the only key `name` of two spaces' depth in each of these files.
      const name = /^ {2}name: (\S+)$/m.exec(text)?.[1];
      if (!name) throw new Error(`a CRD without a name in ${folder}`);
      return { name, text };
    });
}

/**
 * @param {import('./api.mjs').Client} client
 * @param {{name: string, text: string}} document
 */
async function applyCrd(client, { name, text }) {
  const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`;
  await client.apply(path, text);
  await waitFor(
    `the kind ${name}`,
    async () => {
      const { body } = await client.get(path);
      const established = body.status?.conditions?.find(
        (/** @type {any} */ condition) => condition.type === 'Established',
      );
      return established?.status === 'True' ? true : undefined;
    },
    { timeout: 30_000 },
  );
}
