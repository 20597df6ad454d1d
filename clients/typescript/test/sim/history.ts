import assert from 'node:assert/strict';
import type { RoomEvent } from '../../src/index.js';
import type { FakeRoom } from './log.js';
import { Disk, Page } from './page.js';
import { FakeServer } from './server.js';

const USERS = ['ada', 'bob'];
const LENGTH_MS = 90_000;

/** What a history has seen, so that a property that never meets its dangers is noticed. */
export interface Tally {
  messages: number;
  stored: number;
  refused: number;
  cuts: number;
  reloads: number;
  drains: number;
  kills: number;
  logins: number;
  events: number;
}

/** A random history of two people in two rooms, then peace; then everything has to be right. */
export class History {
  readonly #server: FakeServer;
  readonly #rooms: FakeRoom[];
  readonly #disks = new Map<string, Disk>();
  readonly #pages = new Map<string, Page>();
  readonly #retired: Page[] = [];
  /** What each user has written and its disk has kept, in order. */
  readonly #written: Array<{ userId: string; roomId: string; clientMessageId: string; content: string }> = [];
  readonly tally: Tally = {
    messages: 0,
    stored: 0,
    refused: 0,
    cuts: 0,
    reloads: 0,
    drains: 0,
    kills: 0,
    logins: 0,
    events: 0,
  };

  constructor(seed: number) {
    this.#server = new FakeServer(seed);
    const { dice, chaos, accounts } = this.#server;
    this.#rooms = ['red', 'blue'].map((id) => this.#server.room(id, [...USERS, 'admin']));
    chaos.level = dice.pick([0, 0.3, 1, 1]);
    chaos.replayLimit = dice.pick([3, 20, 10_000]);
    chaos.pageSize = dice.pick([2, 500]);
    accounts.lifetimeMs = dice.pick([15_000, 40_000, 900_000]);
    for (const user of USERS) this.#disks.set(user, new Disk(this.#server, dice.chance(0.5)));
  }

  async run(): Promise<Tally> {
    for (const user of USERS) this.#open(user);
    const end = this.#server.clock.now() + LENGTH_MS;
    this.#plan(end);
    await this.#server.clock.runUntil(() => false, LENGTH_MS);
    await this.#makePeace();
    this.#check();
    return this.tally;
  }

  #open(user: string): void {
    const page = new Page(this.#server, user, this.#disks.get(user)!);
    this.#pages.set(user, page);
    void page.open(this.#rooms.map(({ id }) => id));
  }

  #plan(end: number): void {
    const { clock, dice } = this.#server;
    const wait = dice.chance(0.3) ? dice.int(0, 30) : dice.int(50, 2_500);
    if (clock.now() + wait > end) return;
    clock.after(wait, () => {
      this.#happen();
      this.#plan(end);
    });
  }

  #happen(): void {
    const server = this.#server;
    const { dice } = server;
    const user = dice.pick(USERS);
    const room = dice.pick(this.#rooms);
    const roll = dice.next();
    if (roll < 0.55) this.#write(user, room);
    else if (roll < 0.63) this.#cut();
    else if (roll < 0.68) this.#reload(user);
    else if (roll < 0.71) {
      this.tally.drains++;
      server.drain(dice.pick(server.gateways), dice.int(500, 5_000));
    } else if (roll < 0.74) {
      this.tally.kills++;
      server.kill(dice.pick(server.gateways), dice.int(500, 8_000));
    } else if (roll < 0.78) {
      if (room.participants.has(user)) server.kick(room, user);
      else server.bringBack(room, user);
    } else if (roll < 0.82) this.#flicker(user);
    else if (roll < 0.84) this.#pages.get(user)?.client?.room(room.id).markRead(room.lastSeq);
    else if (roll < 0.86) this.#failed(user);
    else {
      // Others talk meanwhile.
      for (let i = dice.int(1, 6); i > 0; i--)
        room.append('room.updated', 'admin', () => ({ room: { id: room.id, name: `n${i}` } }));
      server.changed(room);
    }
  }

  /** One to four at once; what the disk has not kept when the page ends was not written. */
  #write(user: string, room: FakeRoom): void {
    const page = this.#pages.get(user);
    const { dice } = this.#server;
    const client = page?.client;
    if (!client) return;
    for (let i = dice.int(1, 4); i > 0; i--) {
      const content = `${dice.chance(0.04) ? 'bad' : 'good'} ${this.#server.nextNumber()}`;
      const { clientMessageId } = client.room(room.id).send(content);
      this.tally.messages++;
      this.#written.push({ userId: user, roomId: room.id, clientMessageId, content });
    }
  }

  #cut(): void {
    const connections = this.#server.connections();
    if (connections.length === 0) return;
    this.tally.cuts++;
    this.#server.dice.pick(connections).cut();
  }

  #reload(user: string): void {
    const page = this.#pages.get(user);
    if (!page?.client) return;
    this.tally.reloads++;
    page.kill();
    this.#retired.push(page);
    this.#open(user);
  }

  #flicker(user: string): void {
    const page = this.#pages.get(user)!;
    page.setOnline(false);
    this.#server.after(this.#server.dice.int(10, 4_000), () => page.setOnline(true));
  }

  /** Somebody looks at what was refused: some is tried again, some given up. */
  #failed(user: string): void {
    const client = this.#pages.get(user)?.client;
    const refused = client?.pending.find(({ state }) => state === 'refused');
    if (!client || !refused) return;
    if (this.#server.dice.chance(0.7)) client.retry(refused);
    else client.discard(refused);
  }

  async #makePeace(): Promise<void> {
    const server = this.#server;
    server.chaos.level = 0;
    for (const page of this.#pages.values()) page.setOnline(true);
    for (const room of this.#rooms) for (const user of USERS) server.bringBack(room, user);
    await server.clock.runUntil(() => false, 20_000);
    for (const [user, page] of this.#pages) {
      // A session may have ended for good: its refresh was lost with a page, and asked again too late.
      if (page.client?.state.status !== 'ended') continue;
      assert.equal(this.#disks.get(user)!.session, null, 'the session ended by the server is forgotten');
      this.tally.logins++;
      page.client.close();
      page.kill();
      this.#retired.push(page);
      this.#open(user);
    }
    const quiet = await server.clock.runUntil(() => this.#isQuiet(), 300_000);
    assert.ok(quiet, `comes to rest: ${this.#describe()}`);
    // Long enough for every late command, and for nothing to come twice.
    await server.clock.runUntil(() => false, 30_000);
  }

  #isQuiet(): boolean {
    return [...this.#pages.values()].every(
      (page) =>
        page.client?.state.status === 'online' &&
        page.client.pending.every(({ state }) => state === 'refused') &&
        this.#rooms.every((room) => page.client?.room(room.id).position?.seq === room.lastSeq),
    );
  }

  #describe(): string {
    return [...this.#pages.values()]
      .map(({ userId, client }) => {
        const at = this.#rooms.map((room) => `${room.id} ${client?.room(room.id).position?.seq}/${room.lastSeq}`);
        return `${userId} ${JSON.stringify(client?.state)} ${client?.pending.map(({ state }) => state)} ${at}`;
      })
      .join('; ');
  }

  #check(): void {
    for (const page of [...this.#pages.values(), ...this.#retired]) {
      assert.deepEqual(page.errors, [], 'nothing is reported');
      assert.deepEqual(page.reloads, [], 'no event is skipped');
    }
    for (const room of this.#rooms) {
      for (const user of USERS) {
        this.#checkTold(room, this.#disks.get(user)!.told.get(room.id) ?? []);
        this.#checkStored(room, user);
      }
    }
  }

  /** Each event once, in order, none missing, up to the end. */
  #checkTold(room: FakeRoom, told: readonly RoomEvent[]): void {
    const first = told[0]?.seq ?? room.lastSeq + 1;
    assert.deepEqual(
      told.map(({ seq }) => seq),
      Array.from({ length: room.lastSeq + 1 - first }, (_, i) => first + i),
      `the log of ${room.id} is told densely`,
    );
    this.tally.events += told.length;
  }

  /** Each message that was kept and not refused is there once, in the order of writing, and the client knows it. */
  #checkStored(room: FakeRoom, user: string): void {
    const stored = room.events
      .filter((event) => event.type === 'message.created' && event.actor_id === user)
      .map((event) => (event['message'] as { client_message_id: string }).client_message_id);
    assert.equal(new Set(stored).size, stored.length, 'no message is stored twice');
    const outgoing = new Map<string, string>();
    const known = new Set<string>();
    const pages = [...this.#retired, ...this.#pages.values()].filter(({ userId }) => userId === user);
    for (const page of pages) {
      for (const message of [...page.outgoing, ...(page.client?.pending ?? [])]) {
        if (message.roomId !== room.id) continue;
        outgoing.set(message.clientMessageId, message.state);
        if (message.state === 'refused') {
          const expected = message.content.startsWith('bad')
            ? ['validation_failed', 'room_not_found']
            : ['room_not_found'];
          assert.ok(
            expected.includes(message.error?.code ?? ''),
            `${message.content} is refused: ${message.error?.code}`,
          );
        }
        if (message.stored) {
          known.add(message.clientMessageId);
          const event = room.events[message.stored.seq - 1]!;
          const logged = event['message'] as { client_message_id: string };
          assert.equal(logged.client_message_id, message.clientMessageId, 'an ack has the seq of its message');
        }
      }
    }
    const written = this.#written.filter((message) => message.userId === user && message.roomId === room.id);
    const inLog = new Set(stored);
    const told = new Set(
      this.#disks
        .get(user)!
        .told.get(room.id)!
        .map((event) => (event.type === 'message.created' ? event.message.client_message_id : '')),
    );
    const last = this.#pages.get(user)!;
    const refused = new Set(last.client!.pending.map(({ clientMessageId }) => clientMessageId));
    for (const { clientMessageId } of written) {
      // A page that ended before it could strike it off leaves a message that it knew to be stored.
      const state = known.has(clientMessageId) ? 'stored' : outgoing.get(clientMessageId);
      if (state !== 'stored' && (state === 'refused' || state === 'discarded' || refused.has(clientMessageId))) {
        // Carried out late all the same: before this client began to follow, so that nobody has told it, or after it was
        // given up. Unanswered first and refused at the repeat, it may still be on its way.
        assert.ok(
          !inLog.has(clientMessageId) || !told.has(clientMessageId) || state === 'discarded',
          `${clientMessageId} was ${state}, and is stored`,
        );
        this.tally.refused++;
      } else if (state === 'stored') {
        assert.ok(inLog.has(clientMessageId), `${clientMessageId} is lost`);
      } else {
        // Its page ended before the disk had it.
        assert.ok(!inLog.has(clientMessageId) || !this.#disks.get(user)!.messages.has(`${room.id}:${clientMessageId}`));
      }
    }
    this.#checkOrder(room, user, stored, pages);
    this.tally.stored += stored.length;
  }

  /**
   * As they were written, but for those that were refused: they are sent again behind the others, and one that was
   * unanswered first and refused at its repeat may still be carried out late, when its sender is back in the room.
   */
  #checkOrder(room: FakeRoom, user: string, stored: readonly string[], pages: readonly Page[]): void {
    const moved = new Set(pages.flatMap(({ refused }) => [...refused]));
    const order = new Map(
      this.#written
        .filter(({ userId, roomId }) => userId === user && roomId === room.id)
        .map(({ clientMessageId }, i) => [clientMessageId, i]),
    );
    const numbers = stored.filter((id) => !moved.has(id)).map((id) => order.get(id) ?? -1);
    assert.deepEqual(
      numbers,
      [...numbers].sort((a, b) => a - b),
      `${user}'s messages in ${room.id} keep their order`,
    );
  }
}
