import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Of a path of esbuild's: up to the last package that is in it. */
const packageFolder = /^((?:[^:]*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const notice = /^(licen[cs]e|notice|copying)(\.(md|txt))?$/i;

/**
 * Packages without a file: where the same text of the same holder is. The sources of yoga-layout say
 * that they are Meta's, under the MIT licence; so is React.
 */
const elsewhere = { 'node_modules/yoga-layout': 'node_modules/react' };

/**
 * The notices of the libraries whose code is in the bundles; their licences want them in every copy.
 * @param {string} root the checkout
 * @param {readonly import('esbuild').Metafile[]} metafiles what the bundles are made of
 * @returns {Promise<string>}
 * @throws (the build) where a library has no notice in its package
 */
export async function licenceNotices(root, metafiles) {
  const notices = await Promise.all(
    bundledPackages(metafiles).map((folder) => noticeOf(root, folder)),
  );
  const head =
    'The program in this folder holds code of these libraries, each under its licence:\n';
  return [head, ...byText(notices)].join(`\n${'-'.repeat(80)}\n\n`);
}

/**
 * Many libraries have one author and the same text, which then stands here once.
 * @param {readonly {library: string, text: string}[]} notices
 */
function byText(notices) {
  const texts = new Set(notices.map(({ text }) => text));
  return [...texts]
    .map((text) => {
      const libraries = notices.filter((notice) => notice.text === text);
      const names = [...new Set(libraries.map(({ library }) => library))].sort();
      return `${names.join('\n')}\n\n${text}\n`;
    })
    .sort();
}

/**
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @returns {string[]} folders of packages, relative to the checkout
 */
function bundledPackages(metafiles) {
  const paths = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => packageFolder.exec(path)?.[1])
    .filter((path) => path !== undefined);
  return [...new Set(paths)];
}

/**
 * @param {string} root
 * @param {string} folder
 */
async function noticeOf(root, folder) {
  const { name, version, license } = JSON.parse(
    await readFile(join(root, folder, 'package.json'), 'utf8'),
  );
  const place = join(root, Object.entries(elsewhere).find(([at]) => at === folder)?.[1] ?? folder);
  const files = (await readdir(place)).filter((file) => notice.test(file)).sort();
  if (files.length === 0)
    throw new Error(`${folder} is bundled, and has no file with its licence (${license})`);
  const texts = await Promise.all(
    files.map(async (file) => (await readFile(join(place, file), 'utf8')).trim()),
  );
  return { library: `${name} ${version} (${license})`, text: texts.join('\n\n') };
}
