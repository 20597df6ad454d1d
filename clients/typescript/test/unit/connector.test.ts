import assert from 'node:assert/strict';
import { test } from 'node:test';
import { range, seqs, World } from './world.js';

test('4401 is answered once with a new token, though the old one looks good', async () => {
  const world = new World();
  const page = await world.page();
  const { rotations } = world.server.accounts;

  world.connectionOf('ada').close(4401);
  await world.until('it is back', () => page.states.filter((state) => state === 'online').length === 2);

  assert.equal(world.server.accounts.rotations, rotations + 1);
});

test('a second 4401 at once ends it, and connect() is a new cause', async () => {
  const world = new World();
  const page = await world.page();
  world.connectionOf('ada').close(4401);
  await world.until('it is back', () => page.states.filter((state) => state === 'online').length === 2);

  world.connectionOf('ada').close(4401);
  await world.until('it has ended', () => page.client?.state.status === 'ended');
  await world.pass(600);
  assert.equal(page.client?.state.status, 'ended');

  void page.client?.connect();
  await world.until('it is online again', () => page.client?.state.status === 'online');
});

test('4400 ends it', async () => {
  const world = new World();
  const page = await world.page();

  world.connectionOf('ada').close(4400);
  await world.until('it has ended', () => page.client?.state.status === 'ended');

  assert.deepEqual(page.client?.state, {
    status: 'ended',
    code: 'malformed',
    detail: 'The server could not read this client',
  });
});

test('4529 keeps away for 30 s or more, even when the network comes back, or somebody asks again', async () => {
  const world = new World();
  const page = await world.page();
  const begun = world.server.clock.now();

  world.connectionOf('ada').close(4529);
  await world.until('it is told', () => page.client?.state.status === 'reconnecting');
  const { state } = page.client!;
  assert.ok(state.status === 'reconnecting' && state.retryAt - begun >= 30_000 && state.reason === 'close 4529');
  page.setOnline(true);
  page.client!.disconnect();
  void page.client!.connect();
  await world.until('it is back', () => page.client?.state.status === 'online', 120);

  assert.ok(world.server.clock.now() - begun >= 30_000);
});

test('a socket refused before hello asks for a ticket, whose answer says that the session is over', async () => {
  const world = new World();
  const page = await world.page();
  for (const session of world.server.accounts.sessions) session.ended = true;

  world.connectionOf('ada').cut();
  await world.until('it has ended', () => page.client?.state.status === 'ended', 120);

  assert.equal(page.client?.state.status === 'ended' && page.client.state.code, 'unauthenticated');
  assert.equal(page.disk.session, null);
});

test('a gateway that stops is left before it closes, and no event is missed or told twice', async () => {
  const world = new World();
  const page = await world.page();
  const old = world.connectionOf('ada');
  const message = page.client!.room('red').send('on the way');

  for (const gateway of world.server.gateways) if (gateway.connections.has(old)) world.server.drain(gateway, 60_000);
  for (let i = 0; i < 40; i++) {
    world.happen();
    await world.pass(0.2);
  }

  assert.ok(!page.states.includes('reconnecting'), page.states.join());
  assert.ok(page.states.includes('moving'));
  assert.notEqual(world.connectionOf('ada'), old);
  assert.equal(message.state, 'stored');
  assert.deepEqual(seqs(page), range(1, world.room.lastSeq));
});

test('a connection that died in silence is noticed by the missing pong', async () => {
  const world = new World();
  const page = await world.page();
  const begun = world.server.clock.now();

  world.connectionOf('ada').vanish();
  await world.until('it is given up', () => page.client?.state.status !== 'online');

  assert.ok(world.server.clock.now() - begun <= 25_000 + 10_000);
  await world.until('it is back', () => page.client?.state.status === 'online');
});

test('without a network nothing is tried, and with it at once', async () => {
  const world = new World();
  const page = await world.page();
  page.online = false;
  world.connectionOf('ada').close(1011);
  await world.until('it is offline', () => page.client?.state.status === 'offline');
  const before = page.states.length;
  await world.pass(600);
  assert.deepEqual(page.states.slice(before), []);

  const begun = world.server.clock.now();
  page.setOnline(true);
  await world.until('it is back', () => page.client?.state.status === 'online');

  assert.ok(world.server.clock.now() - begun < 1_000);
});

test('disconnect wants nothing, connect goes on where it was', async () => {
  const world = new World();
  const page = await world.page();
  page.client!.disconnect();
  world.happen(5);
  await world.pass(60);
  assert.deepEqual(page.client!.state, { status: 'offline', reason: 'closed' });
  assert.deepEqual(world.server.connections(), []);

  void page.client!.connect();
  await world.until('all is told', () => seqs(page).length === 5);

  assert.deepEqual(seqs(page), range(1, 5));
});

test('many clients of a gateway that dies come back spread, not in a wave', async () => {
  const world = new World();
  const pages = [];
  for (let i = 0; i < 40; i++) pages.push(await world.page());
  const begun = world.server.clock.now();
  for (const gateway of world.server.gateways) world.server.kill(gateway, 0);
  await world.pass(0.07);
  const waits = pages.flatMap(({ client }) =>
    client?.state.status === 'reconnecting' ? [client.state.retryAt - begun] : [],
  );

  assert.ok(waits.length >= 20, `${waits.length} of them know by now`);
  assert.ok(Math.max(...waits) - Math.min(...waits) > 250, waits.join());
});
