import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ParleyError, type Outgoing } from '../../src/index.js';
import { Page } from '../sim/page.js';
import { World } from './world.js';

test('what is written offline waits, and is sent in order', async () => {
  const world = new World();
  const page = await world.page();
  page.client!.disconnect();
  const messages = ['one', 'two', 'three'].map((content) => page.client!.room('red').send(content));
  await world.pass(60);
  assert.deepEqual(
    messages.map(({ state }) => state),
    ['queued', 'queued', 'queued'],
  );

  void page.client!.connect();
  await world.until('all are stored', () => messages.every(({ state }) => state === 'stored'));

  assert.deepEqual(world.contents(), ['one', 'two', 'three']);
  assert.deepEqual(
    messages.map(({ stored }) => stored?.seq),
    [1, 2, 3],
  );
  assert.equal(page.disk.messages.size, 0);
});

test('what is behind a rate-limited message waits for it', async () => {
  const world = new World();
  const page = await world.page();
  world.server.chaos.limitNext = 3;

  const messages = ['one', 'two', 'three'].map((content) => page.client!.room('red').send(content));
  await world.until('all are stored', () => messages.every(({ state }) => state === 'stored'));

  assert.deepEqual(world.contents(), ['one', 'two', 'three']);
});

test('a refusal is told with its code; the rest goes on; it survives a reload and can be retried or discarded', async () => {
  const world = new World();
  const page = await world.page();
  const room = page.client!.room('red');
  const bad = room.send('bad words');
  const good = room.send('good words');
  const rejected = bad.whenStored().catch((error: ParleyError) => error.code);
  await world.until('both are settled', () => bad.state === 'refused' && good.state === 'stored');
  assert.equal(await rejected, 'validation_failed');

  page.kill();
  const again = await world.page('ada', page.disk);
  const [left] = again.client!.pending as [Outgoing];
  assert.deepEqual(
    { id: left.clientMessageId, state: left.state, code: left.error?.code },
    { id: bad.clientMessageId, state: 'refused', code: 'validation_failed' },
  );

  again.client!.retry(left);
  await world.until('it is refused again', () => left.state === 'refused');
  assert.equal(again.client!.discard(left), true);
  assert.deepEqual([again.client!.pending, again.disk.messages.size], [[], 0]);
  assert.deepEqual(world.contents(), ['good words']);
});

test('a message longer than a frame is refused here, or the socket would be closed for it again and again', async () => {
  const world = new World();
  const page = await world.page();

  const message = page.client!.room('red').send('\u0001'.repeat(20_000));
  await world.until('it is refused', () => message.state === 'refused');

  assert.equal(message.error?.code, 'payload_too_large');
  assert.deepEqual(page.states, ['connecting', 'online']);
});

test('the queue has an end', async () => {
  const world = new World();
  const page = await world.page();
  page.client!.disconnect();
  const room = page.client!.room('red');
  for (let i = 0; i < 1_000; i++) room.send(`message ${i}`);

  assert.throws(() => room.send('one more'), { code: 'outbox_full' });
});

test('an ack that was lost is learned from the log, and nothing is sent again', async () => {
  const world = new World();
  const page = await world.page();
  world.server.chaos.loseAcks = true;
  const message = page.client!.room('red').send('hello');
  await world.until('it is stored', () => message.state === 'stored');

  assert.equal(message.stored?.seq, 1);
  assert.deepEqual(world.contents(), ['hello']);
});

test('the messages of another tab that lives are left alone, those of a closed one are taken over', async () => {
  const world = new World();
  const disk = world.disk();
  const page = await world.page('ada', disk);
  page.client!.disconnect();
  page.client!.room('red').send('mine');
  const owner = [...disk.messages.values()][0]!.owner;

  const beside = await open(world, disk, new Set([`parley:outbox:${owner}`]));
  assert.deepEqual(beside.client!.pending, []);
  const after = await open(world, disk, new Set());
  await world.until('it is stored', () => after.client!.pending.length === 0);
  assert.deepEqual(world.contents(), ['mine']);
});

test('somebody else who logs in here does not send what the first one wrote', async () => {
  const world = new World();
  const disk = world.disk();
  const page = await world.page('ada', disk);
  page.client!.disconnect();
  page.client!.room('red').send('from ada');
  page.kill();
  disk.session = null;

  const bob = await world.page('bob', disk);
  await world.pass(30);

  assert.deepEqual(bob.client!.pending, []);
  assert.equal(disk.messages.size, 1);
  assert.deepEqual(world.contents(), []);
});

async function open(world: World, disk: Page['disk'], held: ReadonlySet<string>): Promise<Page> {
  const page = new Page(world.server, 'ada', disk);
  const platform = page.platform();
  page.platform = () => ({ ...platform, sharing: { ...platform.sharing, held: async () => held } });
  void page.open(['red']);
  await world.until('it is online', () => page.client?.state.status === 'online');
  return page;
}
