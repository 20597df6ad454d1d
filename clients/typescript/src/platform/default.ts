import { ParleyError } from '../http/error.js';
import type { Clock, Network, Platform, WebSocketConstructor } from './platform.js';
import { soleSharing, webSharing } from './sharing.js';

/**
 * The browser, or Node. Node has a WebSocket of its own from version 22; on Node 20 hand one in (the package `ws` fits),
 * or start it with `--experimental-websocket`.
 */
export function defaultPlatform(given: Partial<Platform>): Platform {
  const WebSocket = given.WebSocket ?? (globalThis.WebSocket as unknown as WebSocketConstructor | undefined);
  if (WebSocket === undefined) {
    throw new ParleyError({
      code: 'no_websocket',
      detail: 'This runtime has no WebSocket (Node has one from version 22): give one as the option WebSocket',
    });
  }
  return {
    clock: systemClock,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    fetch: (input, init) => globalThis.fetch(input, init),
    network: systemNetwork(),
    sharing: hasLocks() ? webSharing() : soleSharing(),
    ...given,
    WebSocket,
  };
}

/** Whether this is a page, whose refresh token is best kept in a cookie. */
export function isBrowser(): boolean {
  return typeof window !== 'undefined' && typeof document !== 'undefined';
}

const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (task, ms) => globalThis.setTimeout(task, ms),
  clearTimeout: (handle) => globalThis.clearTimeout(handle as number),
};

function hasLocks(): boolean {
  return isBrowser() && 'locks' in navigator && typeof BroadcastChannel !== 'undefined';
}

/** A page hears `online` and `offline`, and is asked again when it comes back to the front: a laptop that woke up. */
function systemNetwork(): Network {
  if (!isBrowser()) {
    return { online: true, watch: () => () => {} };
  }
  return {
    get online() {
      return navigator.onLine !== false;
    },
    watch(listener) {
      const online = (): void => listener(true);
      const offline = (): void => listener(false);
      const visible = (): void => {
        if (document.visibilityState === 'visible' && navigator.onLine !== false) listener(true);
      };
      window.addEventListener('online', online);
      window.addEventListener('offline', offline);
      document.addEventListener('visibilitychange', visible);
      return () => {
        window.removeEventListener('online', online);
        window.removeEventListener('offline', offline);
        document.removeEventListener('visibilitychange', visible);
      };
    },
  };
}
