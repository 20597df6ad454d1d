import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Timeline } from '../../src/index.js';
import { World } from './world.js';

test('an optimistic message becomes the real one under the same key, and is never there twice', async () => {
  const world = new World();
  const page = await world.page();
  const timeline = new Timeline(page.client!.room('red'));
  const seen: string[][] = [];
  let open = false;
  void timeline.open().then(() => (open = true));
  await world.until('it is open', () => open);
  timeline.onChange(() => seen.push(timeline.items.map(({ kind, key }) => `${kind} ${key}`)));

  const message = page.client!.room('red').send('hello');
  await world.until('it is real', () => timeline.items[0]?.kind === 'message');

  const key = `ada:${message.clientMessageId}`;
  assert.deepEqual(
    timeline.items.map((item) => item.key),
    [key],
  );
  assert.deepEqual(seen[0], [`outgoing ${key}`]);
  assert.deepEqual(seen.at(-1), [`message ${key}`]);
  for (const items of seen) assert.equal(items.length, 1, 'neither gone nor doubled at any time');
});

test('deletions, edits and reactions change what is shown', async () => {
  const world = new World();
  const page = await world.page();
  const timeline = new Timeline(page.client!.room('red'));
  let open = false;
  void timeline.open().then(() => (open = true));
  await world.until('it is open', () => open);
  const messages = ['one', 'two'].map((content) => page.client!.room('red').send(content));
  await world.until(
    'they are there',
    () => timeline.items.every(({ kind }) => kind === 'message') && timeline.items.length === 2,
  );
  const [one, two] = messages.map(({ stored }) => stored!);

  world.room.append('reaction.added', 'bob', () => ({
    message_id: one!.messageId,
    emoji: '👍',
    user_id: 'bob',
    count: 2,
  }));
  world.room.append('message.deleted', 'ada', () => ({ message_id: two!.messageId, message_seq: two!.seq }));
  world.happen();
  await world.until('all is told', () => page.client!.room('red').position?.seq === 5);

  const shown = timeline.items.map((item) =>
    item.kind === 'message' ? [item.message.content, item.message.reactions, item.message.deleted_at !== null] : [],
  );
  assert.deepEqual(shown, [
    ['one', [{ emoji: '👍', count: 2 }], false],
    ['', [], true],
  ]);
});

test('what is said between the reading of the history and the first event is there', async () => {
  const world = new World();
  const page = await world.page();
  const room = world.server.room('blue', ['ada', 'bob']);
  const say = (content: string): unknown => room.store({ userId: 'bob', clientMessageId: content, content });
  page.client!.disconnect();
  say('before');
  const timeline = new Timeline(page.client!.room('blue'));
  let open = false;
  void timeline.open().then(() => (open = true));
  await world.until('it is open', () => open);

  say('between');
  void page.client!.connect();
  await world.until('it is live', () => page.client!.room('blue').position !== null);
  say('after');
  world.server.changed(room);
  await world.until('all are there', () => timeline.items.length === 3);

  assert.deepEqual(
    timeline.items.map((item) => item.kind === 'message' && item.message.content),
    ['before', 'between', 'after'],
  );
});
