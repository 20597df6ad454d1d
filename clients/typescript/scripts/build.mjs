// Compiles: node scripts/build.mjs <TypeScript's folder> <the folder of @types>. Without arguments both are npm's.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
const [typescript = join(home, 'node_modules/typescript'), types = join(home, 'node_modules/@types')] =
  process.argv.slice(2);

const wanted = read('package.json').devDependencies;
requireSame('typescript', JSON.parse(readFileSync(join(typescript, 'package.json'), 'utf8')).version);
requireSame('@types/node', JSON.parse(readFileSync(join(types, 'node/package.json'), 'utf8')).version);

// Everything but node.ts has to compile without Node's types: it runs in a page.
compile('tsconfig.json', '--noEmit');
compile('tsconfig.node.json');
compile('tsconfig.test.json');

function compile(project, ...more) {
  const state = join(home, 'target', `${project.replace('.json', '')}.tsbuildinfo`);
  const tsc = join(typescript, 'lib/tsc.js');
  const args = [
    tsc,
    '-p',
    join(home, project),
    '--typeRoots',
    types,
    '--incremental',
    '--tsBuildInfoFile',
    state,
    ...more,
  ];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

function requireSame(name, version) {
  if (wanted[name] !== version) throw new Error(`${name} is ${version} here and ${wanted[name]} in package.json`);
}

function read(name) {
  return JSON.parse(readFileSync(join(home, name), 'utf8'));
}
