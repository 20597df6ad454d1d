import type { OutboxStorage } from './outbox/storage.js';
import type { Platform, WebSocketConstructor } from './platform/platform.js';
import type { TokenTransport } from './session/session.js';
import type { SessionStore } from './session/store.js';

export interface ClientOptions {
  /** The origin, as `https://chat.example.org`. */
  readonly url: string;
  /** `cookie` in a page (whose origin the server must list), `body` elsewhere. */
  readonly tokenTransport?: TokenTransport;
  /** Where the session is kept between two starts. Default: nowhere; a page resumes from the cookie. */
  readonly sessionStore?: SessionStore;
  /** Where unsent messages are kept. Default: `localStorage` in a page, memory elsewhere. */
  readonly outboxStorage?: OutboxStorage;
  /** For a runtime without one: Node before 22. */
  readonly WebSocket?: WebSocketConstructor;
  readonly fetch?: typeof globalThis.fetch;
  /** How many missed events of a room are read over REST, at most; beyond, `reload` is told. Default 50,000. */
  readonly catchUpLimit?: number;
  /** Replaces parts of the machine; tests use it. */
  readonly platform?: Partial<Platform>;
}

export interface LoginOptions extends ClientOptions {
  /** Or the e-mail address. */
  readonly username: string;
  readonly password: string;
  /** Shown in the list of sessions. */
  readonly deviceName?: string;
}

export interface RegisterOptions extends LoginOptions {
  readonly email: string;
  readonly displayName?: string;
}
