import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ParleyClient, ParleyError, type SessionStore, type Sharing } from '../../src/index.js';
import { soleSharing } from '../../src/platform/sharing.js';
import { Page } from '../sim/page.js';
import { World } from './world.js';

test('fifty calls at once with an old token make one refresh', async () => {
  const world = new World();
  const page = await world.page();
  page.client!.disconnect();
  await world.pass(900);
  const { rotations } = world.server.accounts;

  let done = 0;
  for (let i = 0; i < 50; i++)
    void page.client!.fetch('/chat/rooms/red/events/?after_seq=0&limit=1').then(() => done++);
  await world.until('all are answered', () => done === 50);

  assert.equal(world.server.accounts.rotations, rotations + 1);
});

test('tabs share a session: one refresh is under way, the others take its token', async () => {
  const world = new World();
  const disk = world.disk();
  const sharing = tabs();
  const clients: ParleyClient[] = [];
  for (let i = 0; i < 5; i++) {
    const options = { url: 'http://chat.test', tokenTransport: 'body', sessionStore: disk.sessions } as const;
    const platform = { ...new Page(world.server, 'ada', disk).platform(), sharing: sharing.next() };
    void (
      i === 0
        ? ParleyClient.login({ ...options, platform, username: 'ada', password: 'p' })
        : ParleyClient.resume({ ...options, platform })
    ).then((client) => clients.push(client!));
    await world.until('there is a client', () => clients.length === i + 1);
  }
  await world.pass(850);

  let done = 0;
  for (const client of clients) void client.fetch('/chat/rooms/red/events/?after_seq=0&limit=1').then(() => done++);
  await world.until('all are answered', () => done === 5);

  assert.equal(world.server.accounts.rotations, 1);
});

test('a lost answer to a refresh is asked for again in time', async () => {
  const world = new World();
  const page = await world.page();
  page.client!.disconnect();
  await world.pass(900);
  world.server.chaos.loseAnswers = 3;

  let status = 0;
  void page.client!.fetch('/chat/rooms/red/events/?after_seq=0&limit=1').then((answer) => (status = answer.status));
  await world.until('it is answered', () => status === 200);

  assert.equal(world.server.accounts.rotations, 1);
  assert.equal(page.client!.state.status, 'offline');
});

test('answers to a refresh that never come are given up in time to be forgiven', async () => {
  const world = new World();
  const page = await world.page();
  page.client!.disconnect();
  await world.pass(900);
  world.server.chaos.withholdAnswers = 3;

  let status = 0;
  void page.client!.fetch('/chat/rooms/red/events/?after_seq=0&limit=1').then((answer) => (status = answer.status));
  await world.until('it is answered', () => status === 200, 10);

  assert.equal(world.server.accounts.rotations, 1);
  assert.equal(world.server.accounts.sessions[0]!.ended, false);
});

test('a slow server is asked again, and its first answer counts', async () => {
  const world = new World();
  const page = await world.page();
  page.client!.disconnect();
  await world.pass(900);
  world.server.chaos.lateMs = 12_000;

  let status = 0;
  void page.client!.fetch('/chat/rooms/red/events/?after_seq=0&limit=1').then((answer) => (status = answer.status));
  await world.until('the token is new', () => page.disk.session?.refreshToken !== undefined && status === 200, 25);

  assert.equal(world.server.accounts.rotations, 1);
  assert.equal(world.server.accounts.sessions[0]!.ended, false);
});

test('tokens that end on their slow way are no reason to give up', async () => {
  const world = new World();
  world.server.accounts.lifetimeMs = 10_000;
  const page = await world.page();
  page.client!.disconnect();
  await world.pass(20);
  world.server.chaos.lateMs = 12_000;

  void page.client!.connect();
  await world.pass(120);
  assert.match(page.client!.state.status, /^(re)?connecting$/);
  world.server.chaos.lateMs = 0;

  await world.until('it is online', () => page.client!.state.status === 'online');
});

test('what a proxy says for a lost server is no answer: the refresh is repeated, and the session stays', async () => {
  const world = new World();
  const page = await world.page();
  page.client!.disconnect();
  await world.pass(900);
  world.server.chaos.proxyStatuses.push(502, 504, 500);

  let status = 0;
  void page.client!.fetch('/chat/rooms/red/events/?after_seq=0&limit=1').then((answer) => (status = answer.status));
  await world.until('it is answered', () => status === 200, 10);

  assert.equal(world.server.accounts.rotations, 1);
  assert.equal(world.server.accounts.sessions[0]!.ended, false);
});

test('a proxy without a server for long means later, not the end', async () => {
  for (const status of [500, 502, 503, 504]) {
    const world = new World();
    const page = await world.page();
    page.client!.disconnect();
    await world.pass(900);
    world.server.chaos.proxyRefusal = status;

    const refusals: ParleyError[] = [];
    void page.client!.fetch('/chat/rooms/').catch((error: ParleyError) => refusals.push(error));
    void page.client!.connect();
    await world.pass(30);

    assert.match(page.client!.state.status, /^(re)?connecting$/);
    assert.deepEqual(
      refusals.map((error) => [error.status, error.retryable]),
      [[status, true]],
    );
    assert.notEqual(page.disk.session, null);

    world.server.chaos.proxyRefusal = null;
    await world.until('it is online', () => page.client!.state.status === 'online');
    assert.equal(world.server.accounts.rotations, 1);
  }
});

test('a refresh that ends after the logout does not bring the session back', async () => {
  for (const { lateMs, writeMs } of [
    { lateMs: 2_000, writeMs: 0 },
    { lateMs: 0, writeMs: 2_000 },
  ]) {
    const world = new World();
    const { accounts, chaos, clock } = world.server;
    const disk = world.disk();
    const sessionStore: SessionStore = {
      ...disk.sessions,
      save: async (session) => {
        await clock.sleep(writeMs);
        disk.session = session;
      },
    };
    const platform = new Page(world.server, 'ada', disk).platform();
    let client: ParleyClient | null = null;
    void ParleyClient.login({
      url: 'http://chat.test',
      tokenTransport: 'body',
      platform,
      sessionStore,
      username: 'ada',
      password: 'p',
    }).then((loggedIn) => (client = loggedIn));
    await world.until('there is a client', () => client !== null);
    await world.pass(900);

    chaos.lateMs = lateMs;
    const refused: string[] = [];
    void client!.fetch('/chat/rooms/').catch(({ code }: ParleyError) => refused.push(code));
    await world.until('the token is spent', () => accounts.rotations === 1);
    chaos.lateMs = 0;
    await world.pass(0.2);
    let out = false;
    void client!.logout().then(() => (out = true));
    await world.until('it is out', () => out, 1);
    assert.deepEqual(refused, [], 'the refresh is still under way');
    await world.until('the refresh has ended', () => refused.length > 0);

    assert.deepEqual(refused, ['logged_out']);
    assert.equal(disk.session, null);
  }
});

test('a session that the server has ended is over, and says why', async () => {
  const world = new World();
  const page = await world.page();
  world.server.accounts.end(world.server.accounts.sessions[0]!);
  await world.until('it has ended', () => page.client?.state.status === 'ended');

  await assert.rejects(page.client!.connect(), (error: ParleyError) => error.code === 'unauthenticated');
  await assert.rejects(page.client!.fetch('/chat/rooms/'), (error: ParleyError) => error.code === 'unauthenticated');
});

test('a socket lives longer than its token', async () => {
  const world = new World();
  world.server.accounts.lifetimeMs = 40_000;
  const page = await world.page();

  await world.pass(3_600);

  assert.deepEqual(page.states, ['connecting', 'online']);
});

test('a logout forgets what is unsent', async () => {
  const world = new World();
  const page = await world.page();
  page.client!.disconnect();
  page.client!.room('red').send('secret');
  assert.equal(page.disk.messages.size, 1);

  let out = false;
  void page.client!.logout().then(() => (out = true));
  await world.until('it is out', () => out);

  assert.equal(page.disk.messages.size, 0);
  assert.equal(page.disk.session, null);
  assert.ok(world.server.accounts.sessions[0]!.ended);
});

/** Tabs of one browser: locks and a channel between them. */
function tabs(): { next(): Sharing } {
  const tails = new Map<string, Promise<unknown>>();
  const channels = new Set<{ name: string; listener: (message: unknown) => void }>();
  return {
    next: () => ({
      ...soleSharing(tails),
      channel(name, listener) {
        const own = { name, listener };
        channels.add(own);
        return {
          post(message) {
            for (const other of channels)
              if (other !== own && other.name === name) queueMicrotask(() => other.listener(structuredClone(message)));
          },
          close: () => channels.delete(own),
        };
      },
    }),
  };
}
