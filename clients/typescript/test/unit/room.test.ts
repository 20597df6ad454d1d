import assert from 'node:assert/strict';
import { test } from 'node:test';
import { range, seqs, World } from './world.js';

test('a client that was away reads what the socket does not replay over REST', async () => {
  const world = new World();
  world.server.chaos.replayLimit = 10;
  world.server.chaos.pageSize = 7;
  const page = await world.page();
  page.client!.disconnect();
  world.happen(50);

  void page.client!.connect();
  await world.until('all is told', () => seqs(page).length === 50);
  world.happen(3);
  await world.until('the rest too', () => seqs(page).length === 53);

  assert.deepEqual(seqs(page), range(1, 53));
  assert.deepEqual(page.reloads, []);
});

test('a restored backup is told as a reload, and what happens then as events', async () => {
  const world = new World();
  const page = await world.page();
  world.happen(20);
  await world.until('all is told', () => seqs(page).length === 20);
  page.client!.disconnect();
  world.room.restore(12);

  void page.client!.connect();
  await world.until('it is told', () => page.reloads.length === 1);
  world.happen(2);
  await world.until('events go on', () => seqs(page).length === 22);

  assert.deepEqual(page.reloads, [{ reason: 'epoch', position: { seq: 12, logEpoch: 2 } }]);
  assert.deepEqual(seqs(page).slice(20), [13, 14]);
});

test('more missed events than one wants to read are a reload', async () => {
  const world = new World();
  world.server.chaos.replayLimit = 10;
  const page = await world.page();
  page.client!.disconnect();
  world.happen(60_000);

  void page.client!.connect();
  await world.until('it is told', () => page.reloads.length === 1);
  world.happen();
  await world.until('events go on', () => seqs(page).length === 1);

  assert.deepEqual(page.reloads, [{ reason: 'too far behind', position: { seq: 60_000, logEpoch: 1 } }]);
  assert.deepEqual(seqs(page), [60_001]);
});

test('an event that came twice is told once, and a hole is read from the log', async () => {
  const world = new World();
  const page = await world.page();
  world.happen(3);
  await world.until('all is told', () => seqs(page).length === 3);
  const connection = world.connectionOf('ada');

  connection.tell(world.room.events[1]!);
  for (let i = 0; i < 5; i++) world.room.append('room.updated', 'admin', () => ({ room: {} }));
  connection.tell(world.room.events[7]!);
  await world.until('the hole is filled', () => seqs(page).length === 8);
  world.happen();
  await world.until('it goes on', () => seqs(page).length === 9);

  assert.deepEqual(seqs(page), range(1, 9));
});

test('an event of a type that nobody knows has its place', async () => {
  const world = new World();
  const page = await world.page();
  world.room.append('message.pinned', 'bob', () => ({ message_id: 'm' }));
  world.happen();
  await world.until('all is told', () => seqs(page).length === 2);

  const [unknown] = page.disk.told.get('red')!;
  assert.equal(unknown?.type, 'unknown');
  assert.deepEqual(unknown?.type === 'unknown' && [unknown.unknown_type, unknown.seq, unknown.frame['message_id']], [
    'message.pinned',
    1,
    'm',
  ]);
});

test('a removal is told once; a late repeat of it ends nothing; who is brought back has everything', async () => {
  const world = new World();
  const page = await world.page();
  const removed: string[] = [];
  page.client!.room('red').on('removed', ({ roomId }) => removed.push(roomId));

  world.server.kick(world.room, 'ada');
  await world.until('it is told', () => removed.length === 1);
  world.happen(4);
  await world.pass(30);
  world.server.bringBack(world.room, 'ada');
  await world.until('all is told', () => seqs(page).length === world.room.lastSeq);

  world.connectionOf('ada').tell({ type: 'room.removed', room_id: 'red' });
  await world.pass(5);
  world.happen();
  await world.until('it goes on', () => seqs(page).length === world.room.lastSeq);
  assert.deepEqual(seqs(page), range(1, world.room.lastSeq));
  assert.deepEqual(removed, ['red']);
});

test('a position that was kept goes on there', async () => {
  const world = new World();
  const page = await world.page();
  world.happen(5);
  await world.until('all is told', () => seqs(page).length === 5);
  page.kill();
  world.happen(5);

  const again = await world.page('ada', page.disk);
  await world.until('the rest is told', () => seqs(again).length === 10);

  assert.deepEqual(seqs(again), range(1, 10));
});

test('a listener that throws harms nobody, and is reported', async () => {
  const world = new World();
  const page = await world.page();
  page.client!.room('red').on('event', () => {
    throw new Error('mine');
  });

  world.happen(2);
  await world.until('all is told', () => seqs(page).length === 2);

  assert.deepEqual(page.errors.map(String), ['Error: mine', 'Error: mine']);
});

test('a listener of errors that throws is told on the console, not to itself', async (t) => {
  const world = new World();
  const page = await world.page();
  const told: string[] = [];
  const { error } = console;
  console.error = (thrown) => told.push(String(thrown));
  t.after(() => (console.error = error));
  page.client!.on('error', () => {
    throw new Error('theirs');
  });
  page.client!.room('red').on('event', () => {
    throw new Error('mine');
  });

  world.happen();
  await world.until('all is told', () => seqs(page).length === 1);

  assert.deepEqual(page.errors.map(String), ['Error: mine']);
  assert.deepEqual(told, ['Error: theirs']);
});

test('a room that was told to wait waits, and no other with it', async () => {
  const world = new World();
  const page = await world.page();
  const { chaos, clock } = world.server;
  const live: Array<[string, number]> = [];
  const begun = clock.now();
  const follow = (id: string): void => {
    world.server.room(id, ['ada']);
    const room = page.client!.room(id);
    room.on('live', () => live.push([id, Math.floor((clock.now() - begun) / 1_000)]));
    room.follow();
  };
  chaos.subscribeWaits.push(5_000, 9_000);

  follow('blue');
  await world.pass(1);
  follow('green');
  await world.pass(1);
  follow('pink');
  await world.until('all are live', () => live.length === 3);

  assert.deepEqual(live, [
    ['pink', 2],
    ['blue', 5],
    ['green', 10],
  ]);
});

test('a room can be followed from its beginning', async () => {
  const world = new World();
  world.happen(4);
  const page = await world.page('bob');
  const told: number[] = [];
  const other = world.server.room('blue', ['bob']);
  for (let i = 0; i < 3; i++) other.append('room.updated', 'admin', () => ({ room: {} }));

  const room = page.client!.room('blue').follow({ after: { seq: 0 } });
  room.on('event', ({ seq }) => told.push(seq));
  await world.until('all is told', () => told.length === 3);

  assert.deepEqual(told, [1, 2, 3]);
  assert.deepEqual(room.position, { seq: 3, logEpoch: 1 });
});
