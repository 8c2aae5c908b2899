import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Script } from 'node:vm';
import type { CodeCache } from './files/code-cache.ts';

interface LoadOptions {
  /** Where the files lie. */
  readonly directory: string;
  /** undefined: code is compiled anew. */
  readonly cache: CodeCache | undefined;
  /** Which command this is: of another one other functions are compiled. */
  readonly use: string;
  /** For what is no file of ours. */
  readonly require: (name: string) => unknown;
  readonly atExit: (task: () => void) => void;
}

/**
 * Loads CommonJS files as `require` does, with code that V8 compiled in an earlier run: to look
 * through the whole program takes V8 twice as long as Node takes to start. Node's own cache (from
 * 22.8 on) holds only what is compiled before a file runs, which is half of it.
 * @returns what gives the exports of a file, by its name in the directory
 */
export function createLoader(options: LoadOptions): (name: string) => unknown {
  const modules = new Map<string, { exports: unknown }>();
  const load = (name: string): unknown => {
    const known = modules.get(name);
    if (known) return known.exports;
    const module = { exports: {} };
    modules.set(name, module);
    const file = join(options.directory, name);
    const run = compile(file, options).runInThisContext();
    const requireFrom = (wanted: string) =>
      wanted.startsWith('./') ? load(wanted.slice(2)) : options.require(wanted);
    run(module.exports, requireFrom, module, file, options.directory);
    return module.exports;
  };
  return load;
}

function compile(file: string, { cache, use, atExit, require }: LoadOptions): Script {
  // Not loaded for what is answered without the program.
  const { Script } = require('node:vm') as typeof import('node:vm');
  // The build writes ASCII, which is read and kept in half the time and room.
  const source = readFileSync(file, 'latin1');
  const cached = cache?.read(file);
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname) { ${source}\n})`,
    { filename: file, cachedData: cached?.data },
  );
  const uses = cached && !script.cachedDataRejected ? cached.uses : [];
  if (cache && !uses.includes(use))
    // At the end, when what the command needs has been compiled.
    atExit(() => cache.write(file, { data: script.createCachedData(), uses: [...uses, use] }));
  return script;
}
