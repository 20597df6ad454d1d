import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Timeline } from '../../src/index.js';
import type { FakeRoom } from '../sim/log.js';
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

test('more than a page that is said before the first event leaves no hole', async () => {
  const world = new World();
  const page = await world.page();
  const room = world.server.room('blue', ['ada', 'bob']);
  page.client!.disconnect();
  say(room, 'a', 'b', 'c');
  const timeline = await opened(world, new Timeline(page.client!.room('blue')), 2);

  say(room, 'd', 'e', 'f');
  void page.client!.connect();
  await world.until('the newest are there', () => contents(timeline).includes('f'));
  assert.deepEqual(contents(timeline), ['e', 'f']);
  while (await waited(world, timeline.loadBefore(3)));

  assert.deepEqual(contents(timeline), ['a', 'b', 'c', 'd', 'e', 'f']);
});

test('a reload whose reading fails keeps what is shown, is told, and tried again until it is read', async () => {
  const world = new World();
  const page = await world.page();
  const { chaos } = world.server;
  say(world.room, 'a', 'b', 'c');
  page.client!.room('red').on('reload', () => (chaos.loseAnswers = 3));
  const timeline = await opened(world, new Timeline(page.client!.room('red')), 50);
  const seen = new Set<string>();
  timeline.onChange(() => seen.add(contents(timeline).join('')));
  page.client!.disconnect();
  world.room.restore(1);
  say(world.room, 'x');

  void page.client!.connect();
  await world.until('it is told', () => page.errors.length === 1);
  say(world.room, 'y');
  world.server.changed(world.room);
  await world.until('it is read', () => contents(timeline).includes('y'));

  assert.deepEqual(contents(timeline), ['a', 'x', 'y']);
  assert.deepEqual([...seen], ['axy'], 'neither empty nor mixed at any time');
  assert.equal(page.errors.length, 3);
});

test('older messages that were being read at a reload are not those of the new list', async () => {
  const world = new World();
  const page = await world.page();
  const { chaos } = world.server;
  say(world.room, 'a', 'b', 'c', 'd', 'e');
  const timeline = await opened(world, new Timeline(page.client!.room('red')), 2);
  await world.until('it is live', () => page.client!.room('red').position?.seq === 5);
  chaos.lateMs = 3_000;
  let loaded: boolean | null = null;
  void timeline.loadBefore(2).then((more) => (loaded = more));
  await world.pass(0.1);
  chaos.lateMs = 0;
  page.client!.disconnect();
  world.room.restore(1);
  say(world.room, 'x', 'y', 'z');

  void page.client!.connect();
  await world.until('the list has started over', () => contents(timeline).includes('z'));
  assert.deepEqual(contents(timeline), ['y', 'z']);
  assert.equal(loaded, null);
  await world.until('older ones are read', () => loaded !== null);

  assert.deepEqual([loaded, contents(timeline)], [true, ['a', 'x', 'y', 'z']]);
});

test('a page that is older than what has happened meanwhile does not undo it', async () => {
  const world = new World();
  const page = await world.page();
  const { chaos } = world.server;
  say(world.room, 'a');
  const timeline = new Timeline(page.client!.room('red'));
  chaos.lateMs = 1_000;
  const opening = timeline.open();
  await world.pass(0.1);
  const { id } = world.room.events[0]!['message'] as { id: string };
  world.room.append('reaction.added', 'bob', () => ({ message_id: id, emoji: '👍', user_id: 'bob', count: 1 }));
  world.happen();
  await waited(world, opening);

  const [item] = timeline.items;
  assert.deepEqual(item?.kind === 'message' && item.message.reactions, [{ emoji: '👍', count: 1 }]);
});

function say(room: FakeRoom, ...contents: string[]): void {
  for (const content of contents)
    room.store({ userId: 'bob', clientMessageId: `${content}-${room.epoch}-${room.lastSeq}`, content });
}

function contents(timeline: Timeline): string[] {
  return timeline.items.map((item) => (item.kind === 'message' ? item.message.content : '?'));
}

async function opened(world: World, timeline: Timeline, limit: number): Promise<Timeline> {
  await waited(world, timeline.open(limit));
  return timeline;
}

/** Lets time pass until it is there. */
async function waited<T>(world: World, promise: Promise<T>): Promise<T> {
  let done = false;
  void promise.finally(() => (done = true)).catch(() => {});
  await world.until('it is there', () => done);
  return promise;
}
