import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ParleyClient, ParleyError } from '../../src/index.js';
import { restApi, room } from '../../src/rest.js';

test('generated classes call as the user, and a refusal is a ParleyError', async () => {
  const calls: Array<{ url: string; token: string | null }> = [];
  const fetch = (async (url: string, init: RequestInit) => {
    const { pathname, search } = new URL(url);
    calls.push({ url: pathname + search, token: new Headers(init.headers).get('Authorization') });
    if (pathname === '/auth/login/') {
      return Response.json({
        access_token: 'a1',
        refresh_token: 'r1',
        token_type: 'Bearer',
        expires_in: 900,
        user: { id: 'u' },
      });
    }
    if (pathname === '/chat/search/') return Response.json({ items: [], next_cursor: null });
    return Response.json(
      { code: 'room_not_found', detail: 'There is no such room', status: 404, trace_id: 't1' },
      { status: 404 },
    );
  }) as typeof globalThis.fetch;
  const client = await ParleyClient.login({
    url: 'http://chat.test',
    username: 'ada',
    password: 'p',
    fetch,
    tokenTransport: 'body',
  });

  const found = await restApi(client, room.SearchApi).searchMessages({ q: 'lunch & more' });
  assert.deepEqual(found.items, []);
  await assert.rejects(
    restApi(client, room.RoomsApi).getRoom({ room_id: 'a b' }),
    (error: ParleyError) =>
      error instanceof ParleyError && error.code === 'room_not_found' && error.status === 404 && error.traceId === 't1',
  );

  assert.deepEqual(calls.slice(1), [
    { url: '/chat/search/?q=lunch%20%26%20more', token: 'Bearer a1' },
    { url: '/chat/rooms/a%20b/', token: 'Bearer a1' },
  ]);
  client.close();
});
