import type { Tokens, User } from '../types.js';

/** A session as it is kept between two starts. */
export interface StoredSession {
  readonly user: User;
  readonly accessToken: string;
  /** When the access token ends, by this machine's clock; no later than the server has it. */
  readonly expiresAt: number;
  /** How long the access token lived when it was new. */
  readonly lifetimeMs: number;
  /** Absent where the browser keeps it in a cookie. */
  readonly refreshToken?: string | undefined;
}

/**
 * Where a session is kept. What it holds speaks as the user: on a server a file that only its user can read.
 *
 * Clients that share a store share the session: before one refreshes it looks whether another did.
 */
export interface SessionStore {
  load(): StoredSession | null | Promise<StoredSession | null>;
  save(session: StoredSession): void | Promise<void>;
  clear(): void | Promise<void>;
}

/** Forgets with the process. */
export class MemorySessionStore implements SessionStore {
  #session: StoredSession | null = null;

  load(): StoredSession | null {
    return this.#session;
  }

  save(session: StoredSession): void {
    this.#session = session;
  }

  clear(): void {
    this.#session = null;
  }
}

/** A session from an answer. The token lives from a moment that only the server knows, not before it was asked. */
export function sessionOf(tokens: Tokens, askedAt: number): StoredSession {
  return {
    user: tokens.user,
    accessToken: tokens.access_token,
    expiresAt: askedAt + tokens.expires_in * 1000,
    lifetimeMs: tokens.expires_in * 1000,
    refreshToken: tokens.refresh_token ?? undefined,
  };
}
