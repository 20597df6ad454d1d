import { ParleyError } from '../http/error.js';
import type { Platform } from '../platform/platform.js';
import type { Session } from '../session/session.js';
import type { Connection } from './connection.js';
import type { Hello } from './frames.js';

/** Before the end of the connection's token, or a third of its life when that is shorter. */
const EARLY_MS = 90_000;

const RETRY_MS = 3_000;

/** Gives an open connection a newer access token before its own ends, so that it need not be opened anew. */
export class TokenKeeper {
  readonly #platform: Platform;
  readonly #session: Session;
  #connection: Connection | null = null;
  #timer: unknown = null;
  /** When the connection's token ends, by this machine's clock. */
  #expiresAt = 0;
  /** The server's clock less this machine's. */
  #ahead = 0;
  #plannedLeft = 0;
  #busy = false;

  constructor(platform: Platform, session: Session) {
    this.#platform = platform;
    this.#session = session;
  }

  watch(connection: Connection, hello: Hello): void {
    this.#connection = connection;
    this.#ahead = Date.parse(hello.server_time) - this.#platform.clock.now();
    this.#plan(hello.token_expires_at);
  }

  /** The server says that the end is near: 60 s, which is always so where tokens live shorter; then our plan holds. */
  expiring(): void {
    if (this.#expiresAt - this.#platform.clock.now() < this.#plannedLeft / 2) void this.#renew();
  }

  stop(): void {
    this.#connection = null;
    this.#platform.clock.clearTimeout(this.#timer);
  }

  #plan(expiresAt: string): void {
    const now = this.#platform.clock.now();
    this.#expiresAt = Date.parse(expiresAt) - this.#ahead;
    const left = this.#expiresAt - now;
    this.#plannedLeft = left;
    this.#again(Math.max(0, left - Math.min(EARLY_MS, left / 3)));
  }

  #again(ms: number): void {
    this.#platform.clock.clearTimeout(this.#timer);
    // A timer takes 2^31 - 1 ms at most; an expiry that cannot be read is left to the server.
    if (Number.isNaN(ms)) return;
    this.#timer = this.#platform.clock.setTimeout(() => void this.#renew(), Math.min(ms, 86_400_000));
  }

  async #renew(): Promise<void> {
    const connection = this.#connection;
    if (connection === null || this.#busy) return;
    this.#busy = true;
    try {
      const token = await this.#session.tokenThatOutlives(this.#expiresAt);
      const { token_expires_at } = await connection.ask({ type: 'auth.refresh', token });
      if (connection === this.#connection && token_expires_at !== undefined) this.#plan(token_expires_at);
    } catch (error) {
      // Refused for good: the server closes with 4401 at the end, and that is answered with a new token.
      const again = error instanceof ParleyError && error.retryable && connection === this.#connection;
      if (again) this.#again(RETRY_MS);
    } finally {
      this.#busy = false;
    }
  }
}
