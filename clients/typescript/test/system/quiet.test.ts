import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { ParleyClient } from '../../src/index.js';
import { eventually, password, pause, Proxy, register, url } from './system.js';

describe('while all services run', { concurrency: true }, () => {
  it('a network that falls silent is noticed, and what was written meanwhile arrives', async () => {
    const proxy = await Proxy.open();
    const client = await register('dee', { url: proxy.url });
    await client.connect();
    const room = await client.createGroup('silence', []);
    await room.send('before').whenStored();

    proxy.silent = true;
    const meanwhile = room.send('meanwhile');
    await eventually('the connection is given up', () => client.state.status !== 'online', 60);
    proxy.silent = false;
    proxy.cut();
    await meanwhile.whenStored();

    assert.deepEqual(
      (await room.history()).items.map(({ content }) => content),
      ['before', 'meanwhile'],
    );
    client.close();
    proxy.close();
  });

  it('a connection outlives its token: it is refreshed before the end, and nothing reconnects', async () => {
    const client = await register('eve');
    const states: string[] = [];
    client.on('state', ({ status }) => states.push(status));
    await client.connect();
    const room = await client.createGroup('long', []);

    // Tokens live for 15 s here.
    await pause(35_000);
    await room.send('still here').whenStored();

    assert.deepEqual(states, ['connecting', 'online']);
    client.close();
  });

  it('a page keeps its refresh token in a cookie, and goes on with it after a reload', async () => {
    const fetch = browserFetch();
    const page = await register('ivy', { fetch, tokenTransport: 'cookie' });
    await page.connect();
    // Longer than a token lives here.
    await pause(20_000);
    await page.createGroup('from a page', []);
    page.close();

    const reloaded = await ParleyClient.resume({ url, fetch, tokenTransport: 'cookie' });
    assert.equal(reloaded?.user.id, page.user.id);
    await reloaded.connect();
    await reloaded.logout();
    assert.equal(await ParleyClient.resume({ url, fetch, tokenTransport: 'cookie' }), null);
    assert.equal(await ParleyClient.resume({ url, fetch: browserFetch(), tokenTransport: 'cookie' }), null);
  });

  it('a logout ends the other client of the session, with a reason', async () => {
    const client = await register('fay');
    await client.connect();
    const username = client.user.username ?? '';
    const other = await ParleyClient.login({ url, username, password: password });
    await other.connect();

    await client.fetch('/auth/sessions/?keep_current=true', { method: 'DELETE' });
    await eventually('the other client has ended', () => other.state.status === 'ended', 10);

    assert.deepEqual(
      { status: other.state.status, code: 'code' in other.state ? other.state.code : null },
      { status: 'ended', code: 'unauthenticated' },
    );
    assert.equal(client.state.status, 'online');
    client.close();
    other.close();
  });
});

test('how long things take', async () => {
  const client = await register('gus');
  const begun = performance.now();
  await client.connect();
  const connected = performance.now() - begun;
  const room = await client.createGroup('fast', []);
  const times: number[] = [];
  for (let i = 0; i < 200; i++) {
    const sent = performance.now();
    await room.send(`message ${i}`).whenStored();
    times.push(performance.now() - sent);
  }
  times.sort((a, b) => a - b);
  console.log(
    `connect (ticket, socket, hello) ${connected.toFixed(1)} ms; send to ack of 200: median ${times[100]!.toFixed(1)} ms, 99 % ${times[197]!.toFixed(1)} ms`,
  );
  assert.ok(times[100]! < 1_000);
  client.close();
});

/** As a page of the public origin does it: cookies of `/auth/` are kept, and sent where credentials are included. */
function browserFetch(): typeof globalThis.fetch {
  let cookie: string | null = null;
  return async (input, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('Origin', url);
    const include = init.credentials === 'include' && new URL(String(input)).pathname.startsWith('/auth/');
    if (include && cookie) headers.set('Cookie', cookie);
    const answer = await fetch(input, { ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      assert.match(line, /HttpOnly/i);
      if (include) cookie = /^[^=]+=[^;]/.test(line) ? (line.split(';')[0] ?? null) : null;
    }
    return answer;
  };
}
