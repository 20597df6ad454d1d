import { Http } from './http/http.js';
import type { ClientOptions } from './options.js';
import { MemoryOutboxStorage, WebOutboxStorage, type OutboxStorage } from './outbox/storage.js';
import { defaultPlatform, isBrowser } from './platform/default.js';
import type { Platform } from './platform/platform.js';
import type { SessionSetup, TokenTransport } from './session/session.js';
import { MemorySessionStore } from './session/store.js';

/** What was asked for, and where nothing was, what suits the machine. */
export function setupOf(options: ClientOptions): SessionSetup {
  const given: Partial<Platform> = {
    ...options.platform,
    ...(options.WebSocket && { WebSocket: options.WebSocket }),
    ...(options.fetch && { fetch: options.fetch }),
  };
  const platform = defaultPlatform(given);
  const transport: TokenTransport = options.tokenTransport ?? (isBrowser() ? 'cookie' : 'body');
  return {
    platform,
    http: new Http(platform, options.url),
    store: options.sessionStore ?? new MemorySessionStore(),
    transport,
  };
}

/** Where unsent messages are kept if nobody says. */
export function defaultStorage(): OutboxStorage {
  try {
    return isBrowser() ? new WebOutboxStorage(localStorage) : new MemoryOutboxStorage();
  } catch {
    // A page may be forbidden to use localStorage.
    return new MemoryOutboxStorage();
  }
}
