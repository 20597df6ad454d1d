import { Emitter } from './emitter.js';
import type { ClientEvents } from './events.js';
import { ParleyError } from './http/error.js';
import type { Http } from './http/http.js';
import type { ClientOptions, RegisterOptions, LoginOptions } from './options.js';
import { Outbox } from './outbox/outbox.js';
import type { Outgoing } from './outbox/outgoing.js';
import type { Platform } from './platform/platform.js';
import { Room } from './room/room.js';
import { Subscriptions } from './room/subscriptions.js';
import { Session, type SessionSetup } from './session/session.js';
import { defaultStorage, setupOf } from './setup.js';
import type { Connection } from './socket/connection.js';
import { Connector } from './socket/connector.js';
import { isRoomEvent, type RoomEvent, type ServerFrame } from './socket/frames.js';
import type { ConnectionState } from './socket/state.js';
import { tell } from './tell.js';
import type { RoomInfo, Tokens, User, UserRef } from './types.js';

export interface Page<T> {
  readonly items: T[];
  readonly next_cursor: string | null;
}

/**
 * A user's session, one socket, any number of rooms.
 *
 * ```ts
 * const client = await ParleyClient.login({ url, username, password });
 * await client.connect();
 * const room = client.room(id).follow();
 * room.on('event', (event) => …);
 * await room.send('hello').whenStored();
 * ```
 */
export class ParleyClient {
  readonly #platform: Platform;
  readonly #http: Http;
  readonly #session: Session;
  readonly #outbox: Outbox;
  readonly #subscriptions: Subscriptions;
  readonly #connector: Connector;
  readonly #emitter: Emitter<ClientEvents>;
  readonly #rooms = new Map<string, Room>();
  #connection: Connection | null = null;
  #hearsErrors = 0;
  #reporting = false;

  private constructor(
    platform: Platform,
    http: Http,
    session: Session,
    outbox: Outbox,
    signal: Signal,
    options: ClientOptions,
  ) {
    this.#platform = platform;
    this.#http = http;
    this.#session = session;
    this.#outbox = outbox;
    this.#emitter = new Emitter((error) => this.#report(error));
    this.#subscriptions = new Subscriptions({
      platform,
      session,
      catchUpLimit: options.catchUpLimit ?? 50_000,
      onEvent: (event) => this.#event(event),
      onError: (error) => this.#report(error),
    });
    this.#connector = new Connector(platform, session, http.origin, {
      state: (state) => this.#emitter.emit('state', state),
      online: (connection, hello, done) => {
        this.#connection = connection;
        this.#subscriptions.attach(connection, done);
        this.#outbox.attach(connection, hello);
      },
      lost: () => {
        this.#connection = null;
        this.#subscriptions.detach();
        this.#outbox.detach();
      },
      frame: (frame, current) => this.#frame(frame, current),
    });
    session.onEnded = (reason: ParleyError) => this.#connector.end(reason.code, reason.message);
    signal.changed = (message) => this.#changed(message);
    signal.error = (error) => this.#report(error);
  }

  /** Starts a session with a username (or e-mail address) and a password. */
  static async login({ username, password, deviceName, ...options }: LoginOptions): Promise<ParleyClient> {
    return ParleyClient.#enter(options, '/auth/login/', { username, password, device_name: deviceName });
  }

  /** Makes an account, and starts a session with it. */
  static async register({
    username,
    email,
    password,
    displayName,
    deviceName,
    ...options
  }: RegisterOptions): Promise<ParleyClient> {
    const account = { username, email, password, display_name: displayName, device_name: deviceName };
    return ParleyClient.#enter(options, '/auth/register/', account);
  }

  /**
   * Goes on with the session that the store, or the refresh cookie, has; `null` when there is none, or the server says
   * that it is over. With a store it works without a network too.
   */
  static async resume(options: ClientOptions): Promise<ParleyClient | null> {
    const setup = setupOf(options);
    const session = await Session.resume(setup);
    return session && ParleyClient.#of(setup, session, options);
  }

  static async #enter(options: ClientOptions, path: string, body: object): Promise<ParleyClient> {
    const setup = setupOf(options);
    const cookies = setup.transport === 'cookie';
    const token_transport = cookies ? 'cookie' : undefined;
    const tokens = await setup.http.call<Tokens>({ method: 'POST', path, body: { ...body, token_transport }, cookies });
    return ParleyClient.#of(setup, await Session.begin(setup, tokens), options);
  }

  static async #of(setup: SessionSetup, session: Session, options: ClientOptions): Promise<ParleyClient> {
    const signal: Signal = { changed: () => {}, error: (error) => console.error(error) };
    const outbox = await Outbox.open(setup.platform, options.outboxStorage ?? defaultStorage(), session.user.id, {
      changed: (message) => signal.changed(message),
      error: (error) => signal.error(error),
    });
    return new ParleyClient(setup.platform, setup.http, session, outbox, signal, options);
  }

  /** Who is logged in. */
  get user(): User {
    return this.#session.user;
  }

  get state(): ConnectionState {
    return this.#connector.state;
  }

  /** Where the server is. */
  get url(): string {
    return this.#http.origin;
  }

  on<K extends keyof ClientEvents>(name: K, listener: (value: ClientEvents[K]) => void): () => void {
    const off = this.#emitter.on(name, listener);
    if (name !== 'error') return off;
    this.#hearsErrors++;
    let hears = true;
    return () => {
      if (hears) this.#hearsErrors--;
      hears = false;
      off();
    };
  }

  /**
   * Wants a connection from now on, and keeps it. Resolves when it is online for the first time, however long that
   * takes; rejects when it ends instead ({@link ConnectionState} `ended`) or is not wanted any more.
   */
  connect(): Promise<void> {
    return new Promise((resolve, reject) => {
      let wanted = false;
      const look = (state: ConnectionState): void => {
        const over = state.status === 'ended' || (wanted && state.status === 'offline' && state.reason === 'closed');
        if (state.status !== 'online' && state.status !== 'moving' && !over) return;
        off();
        if (!over) resolve();
        else reject(endOf(state));
      };
      const off = this.on('state', look);
      this.#connector.connect();
      wanted = true;
      look(this.state);
    });
  }

  /** Closes the connection. Session, rooms and unsent messages stay; `connect()` goes on. */
  disconnect(): void {
    this.#connector.disconnect();
  }

  /** A handle for a room, always the same one. Whether it exists the server tells when something is done with it. */
  room(id: string): Room {
    const known = this.#rooms.get(id);
    if (known) return known;
    const room: Room = new Room(
      id,
      {
        session: this.#session,
        outbox: this.#outbox,
        platform: this.#platform,
        connection: () => this.#connection,
        follow: (of, after) => this.#subscriptions.follow(of, after),
        unfollow: (of) => this.#subscriptions.unfollow(of),
        position: (of) => this.#subscriptions.position(of),
        markRead: (of, seq) => this.#subscriptions.markRead(of, seq),
      },
      (error) => this.#report(error),
    );
    this.#rooms.set(id, room);
    return room;
  }

  /** The user's rooms, those of latest activity first. */
  rooms(options: { limit?: number; cursor?: string } = {}): Promise<Page<RoomInfo>> {
    const query = new URLSearchParams();
    if (options.limit !== undefined) query.set('limit', String(options.limit));
    if (options.cursor !== undefined) query.set('cursor', options.cursor);
    return this.#session.call({ method: 'GET', path: `/chat/rooms/?${query}` });
  }

  /** Makes a group with the user as its owner. It may be called again after a lost answer with the same `clientRoomId`. */
  async createGroup(name: string, userIds: readonly string[], clientRoomId = this.#platform.newId()): Promise<Room> {
    const body = { room_type: 'group', name, participant_ids: userIds, client_room_id: clientRoomId };
    return this.room((await this.#session.call<RoomInfo>({ method: 'POST', path: '/chat/rooms/', body })).id);
  }

  /** The private room with somebody, made if there is none. */
  async openPrivate(userId: string): Promise<Room> {
    const body = { room_type: 'private', participant_ids: [userId] };
    return this.room((await this.#session.call<RoomInfo>({ method: 'POST', path: '/chat/rooms/', body })).id);
  }

  /** The user of exactly this name, or `null`. */
  async findUser(username: string): Promise<UserRef | null> {
    const path = `/auth/users/?username=${encodeURIComponent(username)}`;
    return (await this.#session.call<Page<UserRef>>({ method: 'GET', path })).items[0] ?? null;
  }

  /** Messages that are not stored, of all rooms; refused ones too. */
  get pending(): Outgoing[] {
    return this.#outbox.pending();
  }

  /** Sends a refused message again, behind what its room has in the queue. */
  retry(message: Outgoing): void {
    this.#outbox.retry(message);
  }

  /** Gives up a message that is refused, or waits. `false` when it is under way or stored. */
  discard(message: Outgoing): boolean {
    return this.#outbox.discard(message);
  }

  /** Resolves when everything written so far is in the outbox storage: a page may be left then. */
  flush(): Promise<void> {
    return this.#outbox.flush();
  }

  /** `fetch` as this user: for calls that have no method here. The generated classes of `@parley/client/rest` use it. */
  fetch(url: string, init: RequestInit = {}): Promise<Response> {
    return this.#session.fetch(new URL(url, this.#http.origin).href, init);
  }

  /** Ends the session on the server, forgets unsent messages, and closes. */
  async logout(): Promise<void> {
    await this.#outbox.clear();
    try {
      await this.#session.logout();
    } finally {
      this.close();
    }
  }

  /** Lets go of everything; the session goes on, and unsent messages stay in the storage. The client is of no use then. */
  close(): void {
    this.#connector.dispose();
    this.#subscriptions.close();
    this.#outbox.close();
    this.#session.close();
  }

  #frame(frame: ServerFrame, current: boolean): void {
    if (isRoomEvent(frame)) {
      this.#subscriptions.event(frame);
      return;
    }
    if (!current) return;
    if (frame.type === 'resumed') this.#subscriptions.resumed(frame);
    else if (frame.type === 'room.added') this.#subscriptions.added(frame.room.id);
    else if (frame.type === 'room.removed') this.#subscriptions.removed(frame.room_id);
    tell(frame, this.#emitter, (roomId) => this.#rooms.get(roomId));
  }

  /** A message of the log settles the one in the outbox first, so that nobody sees both. */
  #event(event: RoomEvent): void {
    if (event.type === 'message.created') this.#outbox.settle(event.room_id, event.message);
    this.#emitter.emit('event', event);
  }

  #changed(message: Outgoing): void {
    this.#emitter.emit('outgoing', message);
    this.#rooms.get(message.roomId)?.emit('outgoing', message);
  }

  #report(error: unknown): void {
    // What a listener of errors throws is not told to it again.
    if (this.#hearsErrors === 0 || this.#reporting) {
      console.error(error);
      return;
    }
    this.#reporting = true;
    try {
      this.#emitter.emit('error', error);
    } finally {
      this.#reporting = false;
    }
  }
}

/** The outbox is opened before the client is there to listen. */
interface Signal {
  changed: (message: Outgoing) => void;
  error: (error: unknown) => void;
}

/** Why `connect()` was for nothing. */
function endOf(state: ConnectionState): ParleyError {
  return state.status === 'ended'
    ? new ParleyError({ code: state.code, detail: state.detail })
    : new ParleyError({ code: 'closed', detail: 'The connection is not wanted any more' });
}
