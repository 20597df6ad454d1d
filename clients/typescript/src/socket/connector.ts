import { ParleyError } from '../http/error.js';
import type { Platform } from '../platform/platform.js';
import type { Session } from '../session/session.js';
import { backoff } from './backoff.js';
import { Connection, type Closed } from './connection.js';
import type { Hello, ServerFrame } from './frames.js';
import { RATE_LIMITED_MS, verdictOf, type ConnectionState } from './state.js';
import { TokenKeeper } from './token-keeper.js';

const BASE_MS = 500;
const CAP_MS = 30_000;

/** Online for so long, failures count from nought again; or a gateway that greets and dies would be stormed. */
const STABLE_MS = 5_000;

/** A ticket works for 30 s. */
const TICKET_MS = 20_000;

/** The socket of a gateway that stops is read for so long beside the next one, at most. */
const HANDOVER_MS = 10_000;

export interface ConnectorListener {
  state(state: ConnectionState): void;
  /** A new connection that has said hello. `done` is called when all rooms go on over it. */
  online(connection: Connection, hello: Hello, done: () => void): void;
  /** The connection is gone; another `online` may come. */
  lost(): void;
  /** @param current whether it comes from the newest connection, not from one that is being left */
  frame(frame: ServerFrame, current: boolean): void;
}

/**
 * Keeps one socket open for as long as it is wanted: tickets, back-off, close codes, moving away from a gateway that
 * stops. When a socket ends before `hello` (a page sees no status) a ticket is fetched, and its answer tells why.
 */
export class Connector {
  readonly #platform: Platform;
  readonly #session: Session;
  readonly #url: string;
  readonly #listener: ConnectorListener;
  readonly #keeper: TokenKeeper;
  readonly #unwatch: () => void;
  #wanted = false;
  #ended: { code: string; detail: string } | null = null;
  #current: Connection | null = null;
  #next: Connection | null = null;
  #leaving: Connection | null = null;
  #draining = false;
  #attempt = 0;
  #reason = '';
  #retry: { timer: unknown; at: number } | null = null;
  #notBefore = 0;
  #ticket: { value: string; until: number } | null = null;
  #renewals = 0;
  #mustRenew = false;
  /** Raised by whatever makes an attempt under way obsolete. */
  #turn = 0;
  /** The turn that waits for a token, a ticket or the constructor of a socket. */
  #preparing = 0;
  #stableTimer: unknown = null;
  #shown = '';

  constructor(platform: Platform, session: Session, origin: string, listener: ConnectorListener) {
    this.#platform = platform;
    this.#session = session;
    this.#url = `${origin.replace(/^http/, 'ws')}/ws/chat/?token=`;
    this.#listener = listener;
    this.#keeper = new TokenKeeper(platform, session);
    this.#unwatch = platform.network.watch((online) => this.#network(online));
  }

  get state(): ConnectionState {
    if (this.#ended) return { status: 'ended', ...this.#ended };
    if (!this.#wanted) return { status: 'offline', reason: 'closed' };
    const connectionId = this.#current?.hello?.connection_id;
    if (connectionId !== undefined) return { status: this.#draining ? 'moving' : 'online', connectionId };
    if (!this.#platform.network.online && this.#next === null) return { status: 'offline', reason: 'network' };
    if (this.#retry) {
      return { status: 'reconnecting', retryAt: this.#retry.at, attempt: this.#attempt, reason: this.#reason };
    }
    return { status: 'connecting' };
  }

  /** Wants a connection from now on; does nothing when one is wanted already. */
  connect(): void {
    if (this.#session.ended) {
      this.end(this.#session.ended.code, this.#session.ended.message);
      return;
    }
    if (this.#wanted && !this.#ended) return;
    this.#wanted = true;
    this.#ended = null;
    this.#attempt = 0;
    this.#renewals = 0;
    this.#mustRenew = false;
    // Whoever was told to stay away does so, asked again or not.
    const wait = this.#notBefore - this.#platform.clock.now();
    if (wait > 0) this.#retryIn(wait);
    else this.#start();
    this.#show();
  }

  /** Closes the connection and wants none. */
  disconnect(): void {
    this.#wanted = false;
    this.#drop();
    this.#show();
  }

  /** For good, unless somebody calls {@link connect} again. */
  end(code: string, detail: string): void {
    this.#ended = { code, detail };
    this.#wanted = false;
    this.#drop();
    this.#show();
  }

  dispose(): void {
    this.#unwatch();
    this.disconnect();
  }

  #start(): void {
    this.#cancelRetry();
    const turn = ++this.#turn;
    if (this.#platform.network.online || this.#current) {
      this.#preparing = turn;
      this.#open(turn).catch((error: unknown) => {
        if (turn === this.#turn) this.#failed(error);
      });
    }
    this.#show();
  }

  async #open(turn: number): Promise<void> {
    if (this.#mustRenew) {
      await this.#session.renew();
      this.#mustRenew = false;
    }
    const ticket = await this.#takeTicket();
    if (turn !== this.#turn) return;
    const connection: Connection = new Connection(this.#platform, this.#url + encodeURIComponent(ticket), {
      hello: (hello) => this.#hello(connection, hello),
      frame: (frame) => this.#frame(connection, frame),
      closed: (closed) => this.#closed(connection, closed),
    });
    this.#next = connection;
    this.#preparing = 0;
    this.#show();
  }

  async #takeTicket(): Promise<string> {
    const kept = this.#ticket;
    this.#ticket = null;
    if (kept && kept.until > this.#platform.clock.now()) return kept.value;
    const { ticket } = await this.#session.call<{ ticket: string }>({ method: 'POST', path: '/auth/ws-ticket/' });
    return ticket;
  }

  #hello(connection: Connection, hello: Hello): void {
    const left = this.#current;
    this.#current = connection;
    this.#next = null;
    this.#draining = false;
    this.#leaving?.close();
    this.#leaving = left;
    this.#keeper.watch(connection, hello);
    this.#platform.clock.clearTimeout(this.#stableTimer);
    this.#stableTimer = this.#platform.clock.setTimeout(() => {
      this.#attempt = 0;
      this.#renewals = 0;
    }, STABLE_MS);
    const leave = (): void => {
      left?.close();
      if (this.#leaving === left) this.#leaving = null;
    };
    if (left) this.#platform.clock.setTimeout(leave, HANDOVER_MS);
    this.#listener.online(connection, hello, leave);
    this.#show();
  }

  #frame(connection: Connection, frame: ServerFrame): void {
    const current = connection === this.#current;
    if (!current && connection !== this.#leaving) return;
    if (current && frame.type === 'auth.expiring') this.#keeper.expiring();
    if (current && frame.type === 'server.draining') this.#move(frame.reconnect_after_ms);
    this.#listener.frame(frame, current);
  }

  #move(afterMs: number): void {
    if (this.#draining) return;
    this.#draining = true;
    this.#retryIn(Math.max(0, afterMs) + backoff(this.#platform.random, 0, BASE_MS, CAP_MS));
    this.#show();
  }

  #closed(connection: Connection, closed: Closed): void {
    if (connection === this.#leaving) this.#leaving = null;
    if (connection === this.#next) {
      this.#next = null;
      this.#learn(closed);
    }
    if (connection !== this.#current) return;
    this.#current = null;
    this.#keeper.stop();
    this.#platform.clock.clearTimeout(this.#stableTimer);
    this.#listener.lost();
    const wasDraining = this.#draining;
    this.#draining = false;
    // On the move the next attempt is planned, or under way.
    const underWay = this.#retry !== null || this.#next !== null || this.#preparing === this.#turn;
    if (!wasDraining || !underWay || verdictOf(closed.code).kind === 'end') this.#judge(closed);
    this.#show();
  }

  /** Ended before `hello`: the answer to a ticket tells more than the close code. */
  #learn(closed: Closed): void {
    if (closed.code >= 4000 && verdictOf(closed.code).kind !== 'resume') {
      this.#judge(closed);
      return;
    }
    const turn = ++this.#turn;
    this.#preparing = turn;
    this.#takeTicket().then(
      (value) => {
        if (turn !== this.#turn) return;
        this.#ticket = { value, until: this.#platform.clock.now() + TICKET_MS };
        this.#judge(closed);
      },
      (error: unknown) => {
        if (turn === this.#turn) this.#failed(error);
      },
    );
  }

  #judge(closed: Closed): void {
    const verdict = verdictOf(closed.code);
    const reason = `close ${closed.code}${closed.reason ? ` ${closed.reason}` : ''}`;
    switch (verdict.kind) {
      case 'end':
        this.end(verdict.code, verdict.detail);
        return;
      case 'renew token':
        if (this.#session.shouldBeGood && this.#renewals++ > 0) {
          this.end('unauthenticated', 'The server refuses a token that is new');
          return;
        }
        this.#mustRenew = true;
        this.#again(reason, 0);
        return;
      case 'resume':
        this.#again(reason, verdict.afterMs);
    }
  }

  #failed(error: unknown): void {
    if (this.#session.ended) {
      this.end(this.#session.ended.code, this.#session.ended.message);
      return;
    }
    const refusal = error instanceof ParleyError ? error : ParleyError.network(error);
    // A token that has ended on a slow way is no reason to give up: the next one is asked for.
    if (refusal.status === 401 && this.#session.shouldBeGood) {
      this.end(refusal.code, refusal.message);
      return;
    }
    const least = refusal.status === 429 ? RATE_LIMITED_MS / 6 : 0;
    this.#again(refusal.code, refusal.retryAfterMs ?? least);
  }

  #again(reason: string, leastMs: number): void {
    this.#reason = reason;
    const wait = backoff(this.#platform.random, this.#attempt++, BASE_MS, CAP_MS);
    this.#notBefore = this.#platform.clock.now() + leastMs;
    this.#retryIn(leastMs + wait);
    this.#show();
  }

  #retryIn(ms: number): void {
    this.#cancelRetry();
    this.#turn++;
    this.#retry = {
      at: this.#platform.clock.now() + ms,
      timer: this.#platform.clock.setTimeout(() => {
        this.#retry = null;
        this.#start();
      }, ms),
    };
  }

  #network(online: boolean): void {
    if (!this.#wanted) return;
    if (this.#current) {
      this.#current.probe();
      return;
    }
    const early = this.#platform.clock.now() < this.#notBefore;
    if (online && this.#next === null && !early && this.#preparing !== this.#turn) this.#start();
    this.#show();
  }

  #drop(): void {
    this.#turn++;
    this.#cancelRetry();
    this.#keeper.stop();
    this.#platform.clock.clearTimeout(this.#stableTimer);
    const had = this.#current !== null;
    for (const connection of [this.#current, this.#next, this.#leaving]) connection?.close();
    this.#current = this.#next = this.#leaving = null;
    this.#draining = false;
    if (had) this.#listener.lost();
  }

  #cancelRetry(): void {
    if (this.#retry) this.#platform.clock.clearTimeout(this.#retry.timer);
    this.#retry = null;
  }

  #show(): void {
    const { state } = this;
    const key = JSON.stringify(state);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#listener.state(state);
  }
}
