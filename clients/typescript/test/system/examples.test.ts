import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventually, password, register, url } from './system.js';

test('the quick start does what it says', async () => {
  const example = new Example('quick-start');
  assert.equal(await example.ended, 0, example.output);

  // The ack comes before the echo or after it: only each one's order is certain.
  const lines = example.output.trim().split('\n');
  const only = (pattern: RegExp): string[] =>
    lines.filter((line) => pattern.test(line)).map((line) => line.replace(/ada-\d+/, 'ada'));
  assert.deepEqual(only(/^state/).slice(0, 2), ['state: connecting', 'state: online']);
  assert.deepEqual(only(/^".*" is /), [
    '"Hello, is anybody there?" is queued',
    '"Hello, is anybody there?" is sent',
    '"Hello, is anybody there?" is stored',
  ]);
  assert.deepEqual(only(/^#2/), ['#2 now says: Hello!']);
  assert.equal(only(/^#1/).length, 1);
});

test('the bot answers in a room, once, and again after it was killed', async () => {
  const person = await register('hal');
  await person.connect();
  const bot = await register('echo');
  const home = mkdtempSync(join(tmpdir(), 'parley-bot-'));
  const settings = { BOT_NAME: bot.user.username ?? '', BOT_PASSWORD: password, BOT_HOME: home };
  const room = await person.createGroup('questions', [bot.user.id]);
  const answers: string[] = [];
  room.on('event', (event) => {
    if (event.type === 'message.created' && event.actor_id === bot.user.id) answers.push(event.message.content);
  });
  room.follow({ after: { seq: 0 } });

  const first = new Example('bot', settings);
  await eventually('the bot listens', () => first.output.includes('listens'), 20);
  room.send('!echo one');
  await eventually('it answers', () => answers.length === 1, 20);
  first.kill();
  const second = new Example('bot', settings);
  await eventually('the bot listens again', () => second.output.includes('listens'), 20);
  room.send('!echo two');
  await eventually('it answers', () => answers.length === 2, 20);
  second.kill();

  assert.deepEqual(answers, ['one', 'two']);
  person.close();
  bot.close();
  rmSync(home, { recursive: true });
});

/** One of the compiled examples in a process of its own. */
class Example {
  output = '';
  readonly ended: Promise<number | null>;
  readonly #process: ChildProcess;

  constructor(name: string, settings: Record<string, string> = {}) {
    const file = fileURLToPath(new URL(`../../examples/${name}.js`, import.meta.url));
    const env = { ...process.env, ...settings, PARLEY_URL: url, NODE_OPTIONS: '' };
    this.#process = spawn(process.execPath, [...process.execArgv, file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.on('data', (data) => (this.output += data));
    this.ended = new Promise((resolve) => this.#process.on('close', resolve));
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }
}
