import { Accounts, type Grant } from './accounts.js';
import { Chaos } from './chaos.js';
import { FakeConnection, FakeGateway } from './gateway.js';
import { FakeRoom } from './log.js';
import { Dice, SimClock } from './sim.js';
import { SimSocket } from './wire.js';

/** The whole server, keeping the contract strictly, under whatever {@link Chaos} does to it. */
export class FakeServer {
  readonly clock: SimClock;
  readonly dice: Dice;
  readonly chaos: Chaos;
  readonly accounts: Accounts;
  readonly rooms = new Map<string, FakeRoom>();
  readonly gateways = [new FakeGateway(), new FakeGateway()];
  #number = 0;

  constructor(seed: number) {
    this.clock = new SimClock();
    this.dice = new Dice(seed);
    this.chaos = new Chaos(this.dice);
    this.accounts = new Accounts(this.clock, this.dice, (session) => {
      this.after(this.dice.int(0, 2_000), () => {
        for (const connection of this.connections()) if (connection.grant.session === session) connection.close(4401);
      });
    });
  }

  after(ms: number, task: () => void): unknown {
    return this.clock.after(ms, task);
  }

  nextNumber(): number {
    return ++this.#number;
  }

  room(id: string, participants: string[]): FakeRoom {
    const room = new FakeRoom(this.clock, id, participants);
    this.rooms.set(id, room);
    return room;
  }

  connections(): FakeConnection[] {
    return this.gateways.flatMap(({ connections }) => [...connections]);
  }

  /** Something was committed: who reads the room hears of it. */
  changed(room: FakeRoom): void {
    for (const connection of this.connections()) connection.wake(room);
  }

  kick(room: FakeRoom, userId: string): void {
    room.remove(userId);
    this.changed(room);
    for (const connection of this.connections()) if (connection.userId === userId) connection.removed(room);
  }

  bringBack(room: FakeRoom, userId: string): void {
    room.add(userId);
    this.changed(room);
    for (const connection of this.connections()) {
      if (connection.userId !== userId) continue;
      this.after(this.dice.int(0, 3_000), () => connection.tell({ type: 'room.added', room: { id: room.id } }));
    }
  }

  kill(gateway: FakeGateway, downMs: number): void {
    gateway.state = 'down';
    for (const connection of [...gateway.connections]) connection.cut();
    this.after(downMs, () => (gateway.state = 'up'));
  }

  /** Says it first, answers what came, closes with 1012 spread over the grace. */
  drain(gateway: FakeGateway, downMs: number): void {
    if (gateway.state !== 'up') return;
    gateway.state = 'draining';
    for (const connection of gateway.connections) {
      connection.drain(this.dice.int(0, 500));
      this.after(this.dice.int(1_000, 5_000), () => connection.close(1012));
    }
    this.after(5_000, () => (gateway.state = 'down'));
    this.after(5_000 + downMs, () => (gateway.state = 'up'));
  }

  /** The socket of a page: `url` has a ticket or a token. */
  connect(url: string, alive: () => boolean): SimSocket {
    const socket = new SimSocket(this.clock, this.dice, alive);
    this.after(this.dice.int(1, 60), () => {
      if (!alive()) return;
      const token = decodeURIComponent(url.slice(url.indexOf('token=') + 6));
      const gateway = this.dice.pick(this.gateways);
      const grant = this.accounts.takeTicket(token) ?? this.accounts.bearer(token);
      if (gateway.state !== 'up' || grant === null || this.chaos.refusesUpgrade()) {
        socket.refuse();
        return;
      }
      socket.accept();
      const connection = new FakeConnection(this, gateway, socket.server, grant);
      gateway.connections.add(connection);
      socket.onClientGone = () => connection.cut();
    });
    return socket;
  }

  /** `fetch` of a page. The request or the answer may get lost. */
  fetch(input: string, init: RequestInit, alive: () => boolean): Promise<Response> {
    return new Promise((resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      const lost = (): void => {
        if (alive()) reject(new TypeError('fetch failed'));
      };
      this.after(this.dice.int(1, 50), () => {
        if (this.chaos.losesRequest()) return lost();
        const refusal = this.chaos.proxyRefusal;
        if (refusal !== null) {
          this.after(5, () => resolve(pageForPeople(refusal)));
          return;
        }
        const made = this.chaos.unavailable() ? problem(503, 'unavailable') : this.#answer(new URL(input), init);
        const status = this.chaos.proxyStatuses.shift();
        const answer = status === undefined ? made : pageForPeople(status);
        this.after(this.dice.int(1, 50) + this.chaos.lateMs, () => {
          if (this.chaos.withholdsAnswer()) return;
          const isLost = this.chaos.losesAnswer();
          if (isLost && this.dice.chance(0.5)) lost();
          else if (alive()) resolve(isLost ? pageForPeople(this.dice.pick([502, 504])) : answer);
        });
      });
    });
  }

  #answer(url: URL, init: RequestInit): Response {
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : {};
    if (url.pathname === '/auth/login/') return json(200, this.accounts.login(body['username'] as string));
    if (url.pathname === '/auth/refresh/') {
      const tokens = this.accounts.refresh(body['refresh_token'] as string);
      return typeof tokens === 'string' ? problem(401, tokens) : json(200, tokens);
    }
    if (url.pathname === '/auth/logout/') {
      this.accounts.logout(body['refresh_token'] as string);
      return new Response(null, { status: 204 });
    }
    const grant = this.accounts.bearer(new Headers(init.headers).get('Authorization')?.slice('Bearer '.length) ?? null);
    if (!grant) return problem(401, 'unauthenticated');
    if (url.pathname === '/auth/ws-ticket/') return json(201, { ticket: this.accounts.ticket(grant), expires_in: 30 });
    const history = /^\/chat\/rooms\/([^/]+)\/messages\/$/.exec(url.pathname);
    if (history) return this.#history(history[1] as string, url.searchParams);
    const events = /^\/chat\/rooms\/([^/]+)\/events\/$/.exec(url.pathname);
    return events ? this.#events(events[1] as string, grant, url.searchParams) : problem(404, 'not_found');
  }

  /** The newest, or those before a `seq`. */
  #history(roomId: string, query: URLSearchParams): Response {
    const before = Number(query.get('before_seq') ?? Number.POSITIVE_INFINITY);
    const events =
      this.rooms.get(roomId)?.events.filter(({ type, seq }) => type === 'message.created' && seq < before) ?? [];
    const items = events.slice(-Number(query.get('limit') ?? 50)).map((event) => event['message']);
    return json(200, { items, has_before: items.length < events.length, has_after: false });
  }

  #events(roomId: string, grant: Grant, query: URLSearchParams): Response {
    const room = this.rooms.get(roomId);
    if (!room?.has(grant.session.userId)) return problem(404, 'room_not_found');
    const after = Number(query.get('after_seq'));
    const limit = Math.min(Number(query.get('limit')), this.chaos.pageSize);
    return json(200, { items: room.events.slice(after, after + limit), last_seq: room.lastSeq, log_epoch: room.epoch });
  }
}

function json(status: number, body: object): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}

function pageForPeople(status: number): Response {
  return new Response('<h1>no luck</h1>', { status });
}

function problem(status: number, code: string): Response {
  return json(status, { type: `/docs/problems/${code}`, title: code, status, code });
}
