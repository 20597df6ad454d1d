import { ParleyError } from '../http/error.js';
import type { Call, Http } from '../http/http.js';
import type { Platform } from '../platform/platform.js';
import type { Tokens, User } from '../types.js';
import { askUntilAnswered } from './refresh.js';
import { sessionOf, type SessionStore, type StoredSession } from './store.js';

/** Where the refresh token travels: in a cookie that scripts cannot read, or in bodies. */
export type TokenTransport = 'cookie' | 'body';

/** Another tab's news has this long to arrive after its lock was released. */
const NEWS_MS = 20;

export interface SessionSetup {
  readonly platform: Platform;
  readonly http: Http;
  readonly store: SessionStore;
  readonly transport: TokenTransport;
}

/**
 * Who is logged in, and an access token that is good.
 *
 * At most one refresh is under way, in all tabs of an origin where Web Locks exist: the others wait for it and take
 * its token, told over a BroadcastChannel or found in the store.
 */
export class Session {
  readonly #setup: SessionSetup;
  readonly #platform: Platform;
  readonly #http: Http;
  readonly #store: SessionStore;
  readonly #transport: TokenTransport;
  readonly #channel: { post(message: unknown): void; close(): void } | null;
  #current: StoredSession;
  #refreshing: Promise<string> | null = null;
  #ended: ParleyError | null = null;

  /** Called once, when the server has said that the session is over, or after a logout, here or in another tab. */
  onEnded: (reason: ParleyError) => void = () => {};

  private constructor(setup: SessionSetup, current: StoredSession) {
    this.#setup = setup;
    this.#platform = setup.platform;
    this.#http = setup.http;
    this.#store = setup.store;
    this.#transport = setup.transport;
    this.#current = current;
    this.#channel = setup.platform.sharing.channel(this.#name, (message) => this.#hear(message));
  }

  /** From the answer to a login or a registration. */
  static async begin(setup: SessionSetup, tokens: Tokens, askedAt = setup.platform.clock.now()): Promise<Session> {
    const session = new Session(setup, sessionOf(tokens, askedAt));
    await session.#keep(session.#current);
    return session;
  }

  /** The session that the store or the cookie has; `null` when there is none, or the server says that it is over. */
  static async resume(setup: SessionSetup): Promise<Session | null> {
    try {
      const stored = await setup.store.load();
      if (stored) return await Session.#reopen(setup, stored);
      if (setup.transport === 'body') return null;
      const { tokens, askedAt } = await askUntilAnswered(setup.platform, setup.http, () => undefined);
      return await Session.begin(setup, tokens, askedAt);
    } catch (error) {
      if (error instanceof ParleyError && error.status === 401) return null;
      throw error;
    }
  }

  /** One whose access token has run out is asked for now, as far as the server can be reached. */
  static async #reopen(setup: SessionSetup, stored: StoredSession): Promise<Session> {
    const session = new Session(setup, stored);
    try {
      await session.accessToken();
    } catch (error) {
      if (!(error instanceof ParleyError) || !error.retryable) throw error;
    }
    return session;
  }

  get user(): User {
    return this.#current.user;
  }

  get ended(): ParleyError | null {
    return this.#ended;
  }

  /** A token that is good for a while; asks for a new one when a third of its life is left, a minute at most. */
  async accessToken(): Promise<string> {
    this.#throwIfEnded();
    const left = this.#current.expiresAt - this.#platform.clock.now();
    if (left > Math.min(60_000, this.#current.lifetimeMs / 3)) return this.#current.accessToken;
    try {
      return await this.refresh(this.#current.accessToken);
    } catch (error) {
      const still = this.#current.expiresAt - this.#platform.clock.now();
      if (this.#ended === null && still > 2_000) return this.#current.accessToken;
      throw error;
    }
  }

  /**
   * A newer token than `stale`.
   *
   * @throws ParleyError `unauthenticated` or `token_reused` when the session is over; retryable ones otherwise
   */
  async refresh(stale: string): Promise<string> {
    this.#throwIfEnded();
    if (this.#current.accessToken !== stale) return this.#current.accessToken;
    this.#refreshing ??= this.#platform.sharing
      .exclusively(this.#name, () => this.#refreshAlone(stale))
      .finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  /** Whether the present token should not have ended: that it is refused is not for its age then. */
  get shouldBeGood(): boolean {
    return this.#current.expiresAt > this.#platform.clock.now();
  }

  /** A newer token than the present one, whatever is left of that. */
  renew(): Promise<string> {
    return this.refresh(this.#current.accessToken);
  }

  /** A token that ends later than another one; times are of this machine's clock. */
  tokenThatOutlives(expiresAt: number): Promise<string> {
    return this.#current.expiresAt > expiresAt + 1_000 ? this.accessToken() : this.renew();
  }

  /** Calls with the access token, once more with a newer one when the server refuses it. */
  async call<T>(call: Omit<Call, 'token' | 'cookies'>): Promise<T> {
    const token = await this.accessToken();
    try {
      return await this.#http.call<T>({ ...call, token });
    } catch (error) {
      if (!(error instanceof ParleyError) || error.status !== 401) throw error;
      return this.#http.call<T>({ ...call, token: await this.refresh(token) });
    }
  }

  /** As {@link call}, for the generated REST classes: the answer as it is. */
  async fetch(url: string, init: RequestInit): Promise<Response> {
    const token = await this.accessToken();
    const response = await this.#http.fetch(url, withToken(init, token));
    if (response.status !== 401) return response;
    return this.#http.fetch(url, withToken(init, await this.refresh(token)));
  }

  /** Ends the session everywhere. It is forgotten here even when the server cannot be reached, which is thrown. */
  async logout(): Promise<void> {
    const { accessToken, refreshToken } = this.#current;
    try {
      await this.#http.call<void>(
        this.#transport === 'cookie'
          ? { method: 'POST', path: '/auth/logout/', body: {}, cookies: true }
          : refreshToken === undefined
            ? { method: 'POST', path: '/auth/logout/', token: accessToken }
            : { method: 'POST', path: '/auth/logout/', body: { refresh_token: refreshToken } },
      );
    } finally {
      await this.#end(new ParleyError({ code: 'logged_out' }));
    }
  }

  /** Stops listening to other tabs; the session goes on. */
  close(): void {
    this.#channel?.close();
  }

  get #name(): string {
    return `parley:session:${this.#http.origin}:${this.#current.user.id}`;
  }

  /** The session may end, here or in another tab, at each `await`: nothing brings it back then. */
  async #refreshAlone(stale: string): Promise<string> {
    const news = await this.#news(stale);
    this.#throwIfEnded();
    if (news) return this.#adopt(news);
    try {
      const { tokens, askedAt } = await askUntilAnswered(this.#platform, this.#http, () => {
        this.#throwIfEnded();
        return this.#transport === 'cookie' ? undefined : this.#current.refreshToken;
      });
      this.#throwIfEnded();
      if (tokens.user.id !== this.#current.user.id) {
        throw new ParleyError({ code: 'unauthenticated', status: 401, detail: 'Somebody else has logged in' });
      }
      const next = sessionOf(tokens, askedAt);
      await this.#keep(next);
      this.#channel?.post(next);
      return next.accessToken;
    } catch (error) {
      if (error instanceof ParleyError && error.status === 401) await this.#end(error);
      throw this.#ended ?? error;
    }
  }

  /** What another tab has got meanwhile: heard of, or in the shared store. */
  async #news(stale: string): Promise<StoredSession | null> {
    if (this.#channel !== null && this.#current.accessToken === stale) await this.#sleep(NEWS_MS);
    if (this.#current.accessToken !== stale) return this.#current;
    const stored = await this.#store.load();
    const newer =
      stored !== null && stored.user.id === this.#current.user.id && stored.expiresAt > this.#current.expiresAt;
    return newer ? stored : null;
  }

  #adopt(session: StoredSession): string {
    this.#current = session;
    return session.accessToken;
  }

  async #keep(session: StoredSession): Promise<void> {
    this.#current = session;
    await this.#store.save(session);
    if (this.#ended === null) return;
    // It has ended while the store was writing, and what was written came behind the clearing. A new login stays.
    const stored = await this.#store.load();
    if (stored?.accessToken === session.accessToken) await this.#store.clear();
    throw this.#ended;
  }

  #hear(message: unknown): void {
    if (this.#ended) return;
    if (message === 'ended') {
      void this.#end(new ParleyError({ code: 'session_ended', detail: 'It was ended in another tab' }), false);
      return;
    }
    const told = message as StoredSession;
    if (told.expiresAt > this.#current.expiresAt) this.#current = told;
  }

  async #end(reason: ParleyError, tell = true): Promise<void> {
    if (this.#ended) return;
    this.#ended = reason;
    if (tell) this.#channel?.post('ended');
    try {
      await this.#store.clear();
    } finally {
      this.onEnded(reason);
    }
  }

  #throwIfEnded(): void {
    if (this.#ended) throw this.#ended;
  }

  #sleep(ms: number): Promise<void> {
    return sleep(this.#platform, ms);
  }
}

function sleep(platform: Platform, ms: number): Promise<void> {
  return new Promise((resolve) => platform.clock.setTimeout(resolve, ms));
}

function withToken(init: RequestInit, token: string): RequestInit {
  const headers = new Headers(init.headers);
  headers.set('Authorization', `Bearer ${token}`);
  return { ...init, headers };
}
