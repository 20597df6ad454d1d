import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { StoredMessage } from '../../src/index.js';
import { WebOutboxStorage } from '../../src/index.js';
import { FileOutboxStorage, FileSessionStore } from '../../src/node.js';

const message: StoredMessage = {
  userId: 'u',
  roomId: 'r',
  clientMessageId: 'c',
  content: 'line\nbreak',
  createdAt: 1,
  order: 1,
  owner: 'o',
};

test('files keep unsent messages and the session, for their user only', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const outbox = join(folder, 'new/outbox.jsonl');
  new FileOutboxStorage(outbox).put(message);
  new FileOutboxStorage(outbox).put({ ...message, clientMessageId: 'd', order: 2 });
  appendFileSync(outbox, '{"half a li');

  const again = new FileOutboxStorage(outbox);
  assert.deepEqual(
    again.load().map(({ clientMessageId }) => clientMessageId),
    ['c', 'd'],
  );
  again.remove(message);
  assert.deepEqual(
    new FileOutboxStorage(outbox).load().map(({ order }) => order),
    [2],
  );
  assert.equal(statSync(outbox).mode & 0o777, 0o600);

  const sessions = new FileSessionStore(join(folder, 'session.json'));
  assert.equal(sessions.load(), null);
  const session = { user: { id: 'u' } as never, accessToken: 'a', expiresAt: 1, lifetimeMs: 1, refreshToken: 'r' };
  sessions.save(session);
  assert.deepEqual(new FileSessionStore(join(folder, 'session.json')).load(), session);
  sessions.clear();
  assert.equal(sessions.load(), null);
});

test('localStorage keeps unsent messages beside what else is there', () => {
  const kept = new Map<string, string>([
    ['theme', 'dark'],
    ['parley:outbox:x', 'no JSON'],
  ]);
  const storage = {
    get length() {
      return kept.size;
    },
    key: (i: number) => [...kept.keys()][i] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const outbox = new WebOutboxStorage(storage);

  outbox.put(message);
  assert.deepEqual(new WebOutboxStorage(storage).load(), [message]);
  outbox.remove(message);
  assert.deepEqual(new WebOutboxStorage(storage).load(), []);
  assert.equal(kept.get('theme'), 'dark');
});
