#!/usr/bin/env node
// Plain JavaScript that even Node 14 can parse. It answers what needs no program (--version,
// --help); dist/command-line.cjs answers explain and presets, dist/first-stage.cjs draws the wizard's
// first frame; dist/program.pack, whose pieces take longer to load, does all else.
'use strict';

const { readFileSync, writeSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const args = process.argv.slice(2);

/** @param {string} text */
function print(text) {
  const bytes = Buffer.from(text);
  let done = 0;
  try {
    while (done < bytes.length) done += writeSync(1, bytes, done);
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    // Whoever reads our output may stop reading (`| head`); that is no failure of ours.
    if (code === 'EPIPE') return;
    // Somebody made the pipe one that does not wait, and it is full: the stream waits.
    if (code === 'EAGAIN') {
      process.stdout.on('error', () => {}).write(bytes.subarray(done));
      return;
    }
    writeSync(2, `Error: Cannot write standard output: ${message}\n`);
    process.exitCode = 1;
  }
}

function nodeIsTooOld() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major < 20 || (major === 20 && minor < 19);
}

function start() {
  // By names in variables, which types do not follow: the build makes them.
  const [commandLine, firstStage] = ['../dist/command-line.cjs', '../dist/first-stage.cjs'];
  if (args.includes('explain') || args.includes('presets')) {
    const answer = require(commandLine).answerOffline(process, root);
    if (answer !== undefined) return print(answer);
  }
  const { begin, loadProgram } = require(firstStage);
  const begun = begin(process, root);
  // chalk and its like obey FORCE_COLOR but not NO_COLOR; they read it when they are loaded.
  if (process.env.NO_COLOR || args.includes('--no-color')) process.env.FORCE_COLOR = '0';
  const { main } = loadProgram(begun);
  main(process, begun);
}

if (nodeIsTooOld()) {
  writeSync(
    2,
    `create-xerv-deploy needs Node.js 20.19 or newer; this is ${process.versions.node}. Get one from https://nodejs.org\n`,
  );
  process.exitCode = 3;
} else if (args[0] === '--version' || args[0] === '-V') {
  print(`${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}\n`);
} else if (args[0] === 'help' || args.includes('--help') || args.includes('-h')) {
  const texts = JSON.parse(readFileSync(join(root, 'dist/texts.json'), 'utf8')).help;
  const command = args.find((word) => Object.hasOwn(texts, word));
  print(texts[command || '']);
} else {
  start();
}
