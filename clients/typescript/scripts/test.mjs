// Runs compiled tests: node scripts/test.mjs unit|system [--skip=true,…]. Writes a report that ./parley test counts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
const [kind, skip = ''] = process.argv.slice(2);
if (skip.includes('true')) process.exit(0);

const tests = join(home, 'target/test/test', kind);
const files = readdirSync(tests).filter((name) => name.endsWith('.test.js'));
if (files.length === 0) throw new Error(`no tests in ${tests}`);
const reports = join(home, 'target', kind === 'unit' ? 'surefire-reports' : 'failsafe-reports');
mkdirSync(reports, { recursive: true });

const major = Number(process.versions.node.split('.')[0]);
const args = [
  // Node has a WebSocket from 22 on; the tests use it as it is.
  ...(major < 22 ? ['--experimental-websocket', '--no-warnings'] : []),
  '--enable-source-maps',
  '--test',
  '--test-concurrency=1',
  '--test-timeout=300000',
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  `--test-reporter=${new URL('surefire-reporter.mjs', import.meta.url)}`,
  `--test-reporter-destination=${join(reports, `TEST-typescript-${kind}.xml`)}`,
  ...files.map((name) => join(tests, name)),
];
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', cwd: home });
process.exit(status ?? 1);
