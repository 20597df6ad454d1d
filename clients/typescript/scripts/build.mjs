// Compiles: node scripts/build.mjs <TypeScript's folder> <the folder of @types>. Without arguments both are npm's.
// Does nothing when nothing has changed; otherwise starts over, so that what was deleted is gone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
const npm = join(home, 'node_modules');
const [typescript = join(npm, 'typescript'), types = join(npm, '@types')] = process.argv.slice(2);
const outputs = [join(home, 'dist'), join(home, 'target/test')];
const stamp = join(home, 'target/compiled');

const wanted = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).devDependencies;
requireSame('typescript', typescript);
requireSame('@types/node', join(types, 'node'));

const inputs = hashOfInputs();
if (outputs.every(existsSync) && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) process.exit(0);
for (const output of [...outputs, stamp]) rmSync(output, { recursive: true, force: true });
// Everything but node.ts has to compile without Node's types: it runs in a page.
compile('tsconfig.json', '--noEmit');
compile('tsconfig.node.json');
compile('tsconfig.test.json');
mkdirSync(dirname(stamp), { recursive: true });
writeFileSync(stamp, inputs);

function compile(project, ...more) {
  const tsc = join(typescript, 'lib/tsc.js');
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(home, project), '--typeRoots', types, ...more], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
}

function requireSame(name, folder) {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (wanted[name] !== version) throw new Error(`${name} is ${version} here and ${wanted[name]} in package.json`);
}

function hashOfInputs() {
  const hash = createHash('sha256');
  const files = ['src', 'test', 'examples', 'scripts'].flatMap((folder) =>
    readdirSync(join(home, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.m?[jt]s$/.test(entry.name))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
  );
  const settings = readdirSync(home).filter((name) => name.endsWith('.json'));
  for (const file of [...files, ...settings.map((name) => join(home, name))].sort()) {
    hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}
