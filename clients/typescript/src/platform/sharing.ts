import type { Sharing } from './platform.js';

/** Web Locks and BroadcastChannel. */
export function webSharing(locks: Pick<LockManager, 'request' | 'query'> = navigator.locks): Sharing {
  return {
    exclusively: (name, task) => locks.request(name, task) as ReturnType<typeof task>,
    hold(name) {
      let release = (): void => {};
      const until = new Promise<void>((resolve) => (release = resolve));
      locks.request(name, { mode: 'shared' }, () => until).catch(() => {});
      return release;
    },
    async held() {
      const { held } = await locks.query();
      return new Set((held ?? []).map((lock) => lock.name ?? ''));
    },
    channel(name, listener) {
      const channel = new BroadcastChannel(name);
      channel.onmessage = (event) => listener(event.data);
      return {
        post: (message) => channel.postMessage(message),
        close: () => channel.close(),
      };
    },
  };
}

/** What is under way in this process, by name. */
const processTails = new Map<string, Promise<unknown>>();

/** For a machine without tabs: one client of a name at a time runs its task in this process; others are unknown. */
export function soleSharing(tails = processTails): Sharing {
  return {
    exclusively(name, task) {
      const result = (tails.get(name) ?? Promise.resolve()).then(task, task);
      const tail = result.then(noop, noop).then(() => {
        if (tails.get(name) === tail) tails.delete(name);
      });
      tails.set(name, tail);
      return result;
    },
    hold: () => noop,
    held: async () => null,
    channel: () => null,
  };
}

function noop(): void {}
