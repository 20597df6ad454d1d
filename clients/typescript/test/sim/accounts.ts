import type { Dice, SimClock } from './sim.js';

interface RefreshToken {
  readonly session: FakeSession;
  spentAt: number | null;
  successor: RefreshToken | null;
  readonly value: string;
}

export interface FakeSession {
  readonly id: string;
  readonly userId: string;
  ended: boolean;
}

export interface Grant {
  readonly session: FakeSession;
  readonly expiresAt: number;
}

const GRACE_MS = 10_000;

/** The auth service's promises on tokens: rotation, the grace for a lost answer, theft, tickets that work once. */
export class Accounts {
  readonly sessions: FakeSession[] = [];
  readonly #clock: SimClock;
  readonly #dice: Dice;
  readonly #access = new Map<string, Grant>();
  readonly #refresh = new Map<string, RefreshToken>();
  readonly #tickets = new Map<string, Grant & { readonly until: number }>();
  readonly #onEnd: (session: FakeSession) => void;
  lifetimeMs = 900_000;
  #number = 0;
  /** How many access tokens were made by a refresh that was not the repeat of another. */
  rotations = 0;

  constructor(clock: SimClock, dice: Dice, onEnd: (session: FakeSession) => void) {
    this.#clock = clock;
    this.#dice = dice;
    this.#onEnd = onEnd;
  }

  login(userId: string): object {
    const session = { id: `s${++this.#number}`, userId, ended: false };
    this.sessions.push(session);
    return this.#tokens(this.#newRefresh(session));
  }

  /** `null` with the code of a 401 otherwise. */
  refresh(value: string): object | 'unauthenticated' | 'token_reused' {
    const token = this.#refresh.get(value);
    if (!token || token.session.ended) return 'unauthenticated';
    if (token.spentAt === null) {
      token.spentAt = this.#clock.now();
      token.successor = this.#newRefresh(token.session);
      this.rotations++;
      return this.#tokens(token.successor);
    }
    const successor = token.successor;
    if (successor?.spentAt === null && this.#clock.now() - token.spentAt <= GRACE_MS) return this.#tokens(successor);
    this.end(token.session);
    return 'token_reused';
  }

  logout(refreshToken: string): void {
    const token = this.#refresh.get(refreshToken);
    if (token) this.end(token.session);
  }

  end(session: FakeSession): void {
    if (session.ended) return;
    session.ended = true;
    this.#onEnd(session);
  }

  bearer(token: string | null): Grant | null {
    return this.#valid(this.#access.get(token ?? ''));
  }

  ticket(grant: Grant): string {
    const value = `ticket-${++this.#number}-${this.#dice.int(0, 1e9)}`;
    this.#tickets.set(value, { ...grant, until: this.#clock.now() + 30_000 });
    return value;
  }

  takeTicket(value: string): Grant | null {
    const ticket = this.#tickets.get(value);
    this.#tickets.delete(value);
    return ticket && ticket.until > this.#clock.now() ? this.#valid(ticket) : null;
  }

  #valid<G extends Grant>(grant: G | undefined): G | null {
    return grant && !grant.session.ended && grant.expiresAt > this.#clock.now() ? grant : null;
  }

  #newRefresh(session: FakeSession): RefreshToken {
    const token = { session, spentAt: null, successor: null, value: `refresh-${++this.#number}` };
    this.#refresh.set(token.value, token);
    return token;
  }

  #tokens(refresh: RefreshToken): object {
    const access = `access-${++this.#number}`;
    this.#access.set(access, { session: refresh.session, expiresAt: this.#clock.now() + this.lifetimeMs });
    return {
      access_token: access,
      refresh_token: refresh.value,
      token_type: 'Bearer',
      expires_in: this.lifetimeMs / 1000,
      user: { id: refresh.session.userId, username: refresh.session.userId, display_name: null, deleted: false },
    };
  }
}
