import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soleSharing, webSharing } from '../../src/platform/sharing.js';
import type { Sharing } from '../../src/platform/platform.js';

for (const [name, tabs] of [
  ['tabs with Web Locks', twoTabs()],
  ['clients of one process', twice(soleSharing(new Map()))],
] as const) {
  test(`${name} do one thing of a name at a time`, async () => {
    const [one, other] = tabs;
    const log: string[] = [];
    let finish = (): void => {};
    const first = one.exclusively('refresh', async () => {
      log.push('first begins');
      await new Promise<void>((resolve) => (finish = resolve));
      log.push('first ends');
      throw new Error('a failure releases as well');
    });
    const second = other.exclusively('refresh', async () => log.push('second'));
    const elsewhere = other.exclusively('another name', async () => log.push('elsewhere'));
    await elsewhere;
    finish();

    await assert.rejects(first);
    await second;
    assert.deepEqual(log, ['first begins', 'elsewhere', 'first ends', 'second']);
  });
}

test('a tab knows which others live, and hears them', async () => {
  const [one, other] = twoTabs();
  const release = one.hold('parley:outbox:one');
  assert.deepEqual([...((await other.held()) ?? [])], ['parley:outbox:one']);
  release();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([...((await other.held()) ?? [])], []);

  const heard: unknown[] = [];
  const channels = [
    one.channel('parley:test', (m) => heard.push(['one', m])),
    other.channel('parley:test', (m) => heard.push(['other', m])),
  ];
  channels[0]!.post({ token: 't' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(heard, [['other', { token: 't' }]]);
  for (const channel of channels) channel!.close();
});

function twice(sharing: Sharing): [Sharing, Sharing] {
  return [sharing, sharing];
}

/** Two tabs over one lock manager, as far as it is used: exclusive locks wait, shared ones are held beside each other. */
function twoTabs(): [Sharing, Sharing] {
  const held: Array<{ name: string }> = [];
  const tails = new Map<string, Promise<unknown>>();
  const request = (name: string, second: unknown, third?: unknown): Promise<unknown> => {
    const task = (third ?? second) as () => Promise<unknown>;
    const run = async (): Promise<unknown> => {
      const lock = { name };
      held.push(lock);
      try {
        return await task();
      } finally {
        held.splice(held.indexOf(lock), 1);
      }
    };
    if (third !== undefined) return run();
    const result = (tails.get(name) ?? Promise.resolve()).then(run, run);
    tails.set(
      name,
      result.catch(() => {}),
    );
    return result;
  };
  const locks = { request, query: async () => ({ held: [...held], pending: [] }) } as unknown as LockManager;
  return [webSharing(locks), webSharing(locks)];
}
