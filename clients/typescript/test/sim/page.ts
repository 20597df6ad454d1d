import {
  ParleyClient,
  type OutboxStorage,
  type Outgoing,
  type Position,
  type RoomEvent,
  type SessionStore,
  type StoredMessage,
  type StoredSession,
} from '../../src/index.js';
import type { Platform, WebSocketConstructor } from '../../src/platform/platform.js';
import { soleSharing } from '../../src/platform/sharing.js';
import type { FakeServer } from './server.js';

/** What stays when a page is reloaded: its disk. Writing takes time, and is not done when the page ends first. */
export class Disk {
  readonly messages = new Map<string, StoredMessage>();
  session: StoredSession | null = null;
  readonly positions = new Map<string, Position>();
  /** Every event that was told, of all pages of this disk, a room after the other. */
  readonly told = new Map<string, RoomEvent[]>();
  readonly #server: FakeServer;
  readonly #slow: boolean;
  page: Page | null = null;

  constructor(server: FakeServer, slow: boolean) {
    this.#server = server;
    this.#slow = slow;
  }

  readonly outbox: OutboxStorage = {
    load: () => [...this.messages.values()],
    put: (message) => this.#write(() => this.messages.set(`${message.roomId}:${message.clientMessageId}`, message)),
    remove: (message) => this.#write(() => this.messages.delete(`${message.roomId}:${message.clientMessageId}`)),
  };

  readonly sessions: SessionStore = {
    load: () => this.session,
    save: (session) => this.#write(() => (this.session = session)),
    clear: () => this.#write(() => (this.session = null)),
  };

  #write(change: () => void): void | Promise<void> {
    if (!this.#slow) {
      change();
      return undefined;
    }
    const { page } = this;
    return new Promise((resolve) =>
      this.#server.after(this.#server.dice.int(0, 80), () => {
        if (!page?.alive) return;
        change();
        resolve();
      }),
    );
  }
}

/** A page, or process, with a client in it: it can be killed at any moment, and nothing of it happens after. */
export class Page {
  readonly userId: string;
  readonly disk: Disk;
  readonly outgoing: Outgoing[] = [];
  readonly errors: unknown[] = [];
  readonly states: string[] = [];
  /** Ids of messages that were refused at some time: they have left their place in the queue. */
  readonly refused = new Set<string>();
  readonly reloads: unknown[] = [];
  client: ParleyClient | null = null;
  alive = true;
  online = true;
  readonly #server: FakeServer;
  readonly #networkListeners = new Set<(online: boolean) => void>();
  #ids = 0;

  constructor(server: FakeServer, userId: string, disk: Disk) {
    this.#server = server;
    this.userId = userId;
    this.disk = disk;
    disk.page = this;
  }

  /** Resumes or logs in, follows the rooms from where they were, and connects. */
  async open(rooms: readonly string[]): Promise<void> {
    const options = {
      url: 'http://chat.test',
      tokenTransport: 'body',
      platform: this.platform(),
      outboxStorage: this.disk.outbox,
      sessionStore: this.disk.sessions,
    } as const;
    let client: ParleyClient | null = null;
    while (client === null) {
      try {
        client =
          (await ParleyClient.resume(options)) ??
          (await ParleyClient.login({ ...options, username: this.userId, password: 'p' }));
      } catch {
        await this.#server.clock.sleep(500);
      }
      if (!this.alive) return;
    }
    this.#listen(client, rooms);
    client.connect().catch(() => {});
    this.client = client;
  }

  /** The page is gone in the middle of whatever it does. */
  kill(): void {
    this.alive = false;
  }

  setOnline(online: boolean): void {
    this.online = online;
    for (const listener of [...this.#networkListeners]) if (this.alive) listener(online);
  }

  platform(): Platform {
    const server = this.#server;
    const isOnline = (): boolean => this.online;
    const alive = (): boolean => this.alive;
    const WebSocket = function (url: string) {
      return server.connect(url, alive);
    } as unknown as WebSocketConstructor;
    return {
      clock: {
        now: () => server.clock.now(),
        setTimeout: (task, ms) =>
          server.clock.after(ms, () => {
            if (alive()) task();
          }),
        clearTimeout: (task) => server.clock.cancel(task),
      },
      random: () => server.dice.next(),
      newId: () => `${this.userId}-${server.nextNumber()}-${++this.#ids}`,
      fetch: ((input: string, init: RequestInit) => server.fetch(input, init, alive)) as typeof globalThis.fetch,
      WebSocket,
      network: {
        get online() {
          return isOnline();
        },
        watch: (listener) => {
          this.#networkListeners.add(listener);
          return () => this.#networkListeners.delete(listener);
        },
      },
      sharing: soleSharing(new Map()),
    };
  }

  #listen(client: ParleyClient, rooms: readonly string[]): void {
    client.on('error', (error) => this.errors.push(error));
    client.on('state', (state) => this.states.push(state.status));
    for (const id of rooms) {
      const room = client.room(id);
      const told = this.disk.told.get(id) ?? [];
      this.disk.told.set(id, told);
      room.on('event', (event) => {
        told.push(event);
        if (room.position) this.disk.positions.set(id, room.position);
      });
      room.on('live', (position) => this.disk.positions.set(id, position));
      room.on('reload', (reload) => this.reloads.push(reload));
      room.on('outgoing', (message) => {
        if (!this.outgoing.includes(message)) this.outgoing.push(message);
        if (message.state === 'refused') this.refused.add(message.clientMessageId);
      });
      const after = this.disk.positions.get(id);
      room.follow(after ? { after } : {});
    }
  }
}
