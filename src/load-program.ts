import { dirname, join } from 'node:path';
import type { Script } from 'node:vm';
import type { BuiltPiece } from './built-program.ts';
import type { CodeCache } from './files/code-cache.ts';
import { readParts } from './files/read-parts.ts';

interface LoadOptions {
  /** Holds all pieces, one after the other: each file costs time where the package is installed. */
  readonly file: string;
  readonly pieces: Readonly<Record<string, BuiltPiece>>;
  /** undefined: code is compiled anew. */
  readonly cache: CodeCache | undefined;
  /** Which command this is: of another one other functions are compiled. */
  readonly use: string;
  /** For what is no piece of ours. */
  readonly require: (name: string) => unknown;
  readonly atExit: (task: () => void) => void;
}

/**
 * Loads pieces of the program as `require` loads CommonJS files, with code that V8 compiled in an
 * earlier run: to look through the whole program takes V8 twice as long as Node takes to start.
 * Node's own cache (from 22.8 on) holds only what is compiled before a file runs, which is half of it.
 * @returns what gives the exports of a piece, by its name
 */
export function createLoader(options: LoadOptions): (name: string) => unknown {
  const modules = new Map<string, { exports: unknown }>();
  const directory = dirname(options.file);
  const load = (name: string): unknown => {
    const known = modules.get(name);
    if (known) return known.exports;
    const module = { exports: {} };
    modules.set(name, module);
    const run = compile(name, options).runInThisContext();
    const requireFrom = (wanted: string) =>
      wanted.startsWith('./') ? load(wanted.slice(2)) : options.require(wanted);
    run(module.exports, requireFrom, module, join(directory, name), directory);
    return module.exports;
  };
  return load;
}

function compile(name: string, { file, pieces, cache, use, atExit, require }: LoadOptions): Script {
  // Not loaded for what is answered without the program.
  const { Script } = require('node:vm') as typeof import('node:vm');
  const cached = cache?.read(name);
  const piece = pieces[name];
  if (!piece) throw new Error(`the program has no piece ${name}`);
  const source = cached?.source ?? readPiece(file, piece, require);
  // The build writes ASCII, which is read and kept in half the time and room.
  const script = new Script(source.toString('latin1'), {
    filename: join(dirname(file), name),
    cachedData: cached?.data,
  });
  const uses = cached && !script.cachedDataRejected ? cached.uses : [];
  if (cache && !uses.includes(use))
    // At the end, when what the command needs has been compiled.
    atExit(() =>
      cache.write(name, {
        data: script.createCachedData(),
        uses: [...uses, use],
        source: piece.isPacked ? source : undefined,
      }),
    );
  return script;
}

/** @returns a function as Node wraps it around a CommonJS file */
function readPiece(
  file: string,
  { place, isPacked }: BuiltPiece,
  require: LoadOptions['require'],
): Buffer {
  const content = readParts(file, [place]);
  if (!isPacked) return content;
  const { brotliDecompressSync } = require('node:zlib') as typeof import('node:zlib');
  return brotliDecompressSync(content);
}
