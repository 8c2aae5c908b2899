import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/**
 * A piece of the program: `roots` and what they need, but for what an earlier piece holds, and for
 * what only `import()` reaches. `theRest` is the piece that holds all of that, but for other roots.
 * `exports` is the module whose exports are the piece's own, besides what other pieces ask for.
 * `isPacked` of what is published compressed.
 * @typedef {{file: string, roots: readonly string[] | 'theRest', exports?: string, isPacked?: true}} Piece
 *
 * Where each module lies, and which imports lead from one piece to another; of the modules that are
 * asked for there what they export, undefined of CommonJS.
 * @typedef {object} Plan
 * @property {ReadonlyMap<string, Piece>} pieceOf
 * @property {readonly {from: string, original: string, to: string}[]} crossing
 * @property {ReadonlyMap<string, readonly string[] | undefined>} asked
 * @property {ReadonlySet<string>} atOnce what runs when its piece is loaded
 *
 * @typedef {import('esbuild').BuildOptions & {absWorkingDir: string, entryPoints: readonly string[]}} Options
 */

/**
 * Bundles a program as CommonJS files, of which a module is in one only: esbuild itself splits ES
 * modules alone, into as many files as there are ways to share them. A piece is read when the first
 * module in it is needed; each module runs when it is needed itself, as in one bundle.
 * @param {Omit<Options, 'entryPoints'>} options
 * @param {readonly Piece[]} pieces
 * @returns {Promise<import('esbuild').Metafile[]>}
 */
export async function buildPieces(options, pieces) {
  // Not before it is used: what imports this installs the packages first.
  const { build } = await import('esbuild');
  const entryPoints = pieces.flatMap(({ exports = [] }) => exports);
  const plan = await planPieces({ ...options, entryPoints }, pieces);
  return Promise.all(
    pieces.map(async (piece) => {
      const { metafile } = await build({
        ...options,
        metafile: true,
        stdin: {
          contents: entryOf(piece, plan),
          resolveDir: options.absWorkingDir,
        },
        outfile: join('dist/made', piece.file),
        plugins: [elsewhere(piece, plan, options.absWorkingDir), ...(options.plugins ?? [])],
      });
      return metafile;
    }),
  );
}

/**
 * @param {Options} options
 * @param {readonly Piece[]} pieces
 * @returns {Promise<Plan>}
 */
async function planPieces(options, pieces) {
  const { inputs } = await inspect(options);
  const pieceOf = assign(inputs, pieces);
  const crossing = Object.keys(inputs).flatMap((from) =>
    importsOf(inputs, from)
      .filter(({ path }) => pieceOf.get(path) !== pieceOf.get(from))
      .map(({ path, original = '' }) => ({ from, original, to: path })),
  );
  const modules = [...new Set(crossing.map(({ to }) => to))].sort();
  const entryPoints = modules.map((path) => `./${path}`);
  const { outputs } = await inspect({ ...options, entryPoints, splitting: true });
  const exportsOf = new Map(
    Object.values(outputs).map(({ entryPoint = '', exports }) => [entryPoint, exports]),
  );
  const used = await Promise.all(
    crossing.map(async (one) => ({ ...one, names: await namesImported(options, one) })),
  );
  const namesOf = (/** @type {string} */ path) => {
    const wanted = used.filter(({ to }) => to === path).map(({ names }) => names);
    const all = exportsOf.get(path);
    return inputs[path]?.format === 'esm'
      ? all?.filter((name) => wanted.some((names) => names?.includes(name) ?? true))
      : undefined;
  };
  const asked = new Map(modules.map((path) => [path, namesOf(path)]));
  const firstRoots = pieces.flatMap((piece) => rootsOf(piece).slice(0, 1));
  return { pieceOf, crossing, asked, atOnce: reach(inputs, firstRoots) };
}

/**
 * Bundles as modules, of which esbuild tells what they export; writes nothing.
 * @param {Options} options
 */
async function inspect({ entryPoints, ...options }) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    ...options,
    entryPoints: [...entryPoints],
    format: 'esm',
    supported: {},
    outdir: 'dist',
    metafile: true,
    write: false,
  });
  return metafile;
}

/**
 * The names that a module imports from another one: what nobody asks for is left out of a piece.
 * @param {Options} options
 * @param {{from: string, original: string}} place
 * @returns {Promise<readonly string[] | undefined>} undefined: all of them
 */
async function namesImported({ absWorkingDir }, { from, original }) {
  const { transform } = await import('esbuild');
  const [extension = ''] = /[^.]+$/.exec(from) ?? [];
  const loader = extension === 'tsx' ? 'tsx' : extension === 'ts' ? 'ts' : 'js';
  // What types are asked for is gone then, and every import is written in one way.
  const { code } = await transform(await readFile(join(absWorkingDir, from), 'utf8'), { loader });
  const place = quoted(original);
  if (code.includes(`import(${place})`) || code.includes(`require(${place})`)) return undefined;
  const clauses = [...code.matchAll(/^(?:import|export) ([^"]*) from ("[^"]*");$/gm)]
    .filter(([, , path]) => path === place)
    .map(([, clause = '']) => clause);
  // None: a plugin has put the import into it.
  if (clauses.length === 0 || clauses.some((clause) => clause.includes('*'))) return undefined;
  return clauses.flatMap((clause) => {
    const [, inner = ''] = /\{([^}]*)\}/.exec(clause) ?? [];
    const named = inner.split(',').map((name) => name.trim().split(' as ')[0] ?? '');
    return [...(/^\w/.test(clause) ? ['default'] : []), ...named.filter((name) => name !== '')];
  });
}

/** @typedef {import('esbuild').Metafile['inputs']} Inputs */

/**
 * @param {Inputs} inputs
 * @param {readonly Piece[]} pieces
 */
function assign(inputs, pieces) {
  /** @type {Map<string, Piece>} */
  const pieceOf = new Map();
  const roots = pieces.flatMap(rootsOf);
  for (const piece of pieces) {
    const takesAll = piece.roots === 'theRest';
    const found = takesAll
      ? reach(inputs, pieceOf.keys(), (path) => !roots.includes(path))
      : reach(inputs, rootsOf(piece));
    for (const path of found) if (!pieceOf.has(path)) pieceOf.set(path, piece);
  }
  return pieceOf;
}

/**
 * What modules import, and what that imports.
 * @param {Inputs} inputs
 * @param {Iterable<string>} from
 * @param {(path: string) => boolean} [followsLate] whether to follow an `import()` of this module
 */
function reach(inputs, from, followsLate = () => false) {
  const found = new Set(from);
  // A set is walked to what is added on the way.
  for (const path of found)
    for (const to of importsOf(inputs, path))
      if (to.kind !== 'dynamic-import' || followsLate(to.path)) found.add(to.path);
  return found;
}

/**
 * @param {Inputs} inputs
 * @param {string} path
 */
function importsOf(inputs, path) {
  return (inputs[path]?.imports ?? []).filter(({ external }) => !external);
}

/** @param {Piece} piece */
function rootsOf({ roots }) {
  return roots === 'theRest' ? [] : roots;
}

/**
 * What a piece hands to the others: for each module that they ask for, a function that gives its
 * exports by their place among the names that are asked for. What its first
 * root imports runs when the piece is loaded, the rest when it is asked for.
 * @param {Piece} piece
 * @param {Plan} plan
 */
function entryOf(piece, { pieceOf, asked, atOnce }) {
  const functions = [...asked.keys()].flatMap((path, index) => {
    if (pieceOf.get(path) !== piece) return [];
    const place = quoted(`./${path}`);
    const names = asked.get(path);
    const give = `export const module${index} = () =>`;
    if (!names)
      return atOnce.has(path)
        ? `import * as all${index} from ${place}; ${give} all${index};`
        : `${give} require(${place});`;
    const own = names.map((_, at) => `own${index}_${at}`);
    const pairs = names.map((name, at) => `${name} as ${own[at]}`);
    return atOnce.has(path)
      ? `import {${pairs}} from ${place}; ${give} [${own}];`
      : `${give} { const all = require(${place}); return [${names.map((name) => `all.${name}`)}]; };`;
  });
  const own = piece.exports ? [`export * from ${quoted(`./${piece.exports}`)};`] : [];
  return [...own, ...functions].join('\n');
}

/**
 * Puts in the place of a module of another piece what that piece hands out.
 * @param {Piece} piece
 * @param {Plan} plan
 * @param {string} root
 * @returns {import('esbuild').Plugin}
 */
function elsewhere(piece, plan, root) {
  const name = 'elsewhere';
  const crossing = plan.crossing.filter(({ from }) => plan.pieceOf.get(from) === piece);
  return {
    name,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /./, namespace: name }, ({ path }) => ({ path, external: true }));
      onResolve(
        { filter: anyOf(crossing.map(({ original }) => original)) },
        ({ path, importer }) => {
          const from = relative(root, importer).split(sep).join('/');
          const found = crossing.find((one) => one.from === from && one.original === path);
          return found && { path: found.to, namespace: name };
        },
      );
      onLoad({ filter: /./, namespace: name }, ({ path }) => ({
        contents: handedOut(path, plan),
      }));
    },
  };
}

/**
 * @param {string} module
 * @param {Plan} plan
 */
function handedOut(module, { pieceOf, asked }) {
  const file = pieceOf.get(module)?.file;
  const names = asked.get(module);
  const taken = `require(${quoted(`./${file}`)}).module${[...asked.keys()].indexOf(module)}()`;
  if (!names) return `module.exports = ${taken};`;
  const own = names.map((_, index) => `export${index}`);
  const pairs = names.map((name, index) => `${own[index]} as ${name}`);
  return `const [${own}] = ${taken}; export {${pairs}};`;
}

/** @param {readonly string[]} texts */
function anyOf(texts) {
  const escaped = texts.map((text) => text.replace(/[^\w/]/g, '\\$&'));
  return new RegExp(`^(?:${[...new Set(escaped)].join('|')})$`);
}

/** @param {string} text */
const quoted = (text) => JSON.stringify(text);
