import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ParleyClient, type Outgoing, type Position, type RoomEvent } from '../../src/index.js';
import { FileOutboxStorage, FileSessionStore } from '../../src/node.js';
import { Dice } from '../sim/sim.js';
import { control, eventually, pause, Proxy, register, rounds, seed } from './system.js';

/** Somebody who writes and listens, through a proxy, in a process that is started anew now and then. */
class Person {
  readonly name: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'parley-'));
  readonly #proxy: Proxy;
  readonly told: RoomEvent[] = [];
  readonly written: Array<{ clientMessageId: string; content: string }> = [];
  readonly outgoing = new Map<string, Outgoing>();
  position: Position | undefined;
  reloads = 0;
  roomId = '';
  client: ParleyClient;

  private constructor(name: string, proxy: Proxy, client: ParleyClient) {
    this.name = name;
    this.#proxy = proxy;
    this.client = client;
  }

  static async arrive(name: string): Promise<Person> {
    const proxy = await Proxy.open();
    const person = new Person(name, proxy, null as unknown as ParleyClient);
    person.client = await register(name, person.#options());
    return person;
  }

  #options() {
    return {
      url: this.#proxy.url,
      sessionStore: new FileSessionStore(join(this.#folder, 'session.json')),
      outboxStorage: new FileOutboxStorage(join(this.#folder, 'outbox.jsonl')),
    };
  }

  enter(roomId: string): void {
    this.roomId = roomId;
    const { client } = this;
    const room = client.room(roomId);
    room.on('event', (event) => {
      this.told.push(event);
      this.position = room.position ?? undefined;
    });
    room.on('outgoing', (message) => this.outgoing.set(message.clientMessageId, message));
    room.on('reload', () => this.reloads++);
    room.follow({ after: this.position ?? { seq: 0 } });
    void client.connect().catch(() => {});
  }

  write(content: string): void {
    const { clientMessageId } = this.client.room(this.roomId).send(content);
    this.written.push({ clientMessageId, content });
  }

  cut(): void {
    this.#proxy.cut();
  }

  /** The old client ends in the middle of what it does; the new one has what lay on the disk. */
  async restart(): Promise<void> {
    this.#proxy.cut();
    this.client.close();
    for (;;) {
      const client = await ParleyClient.resume(this.#options()).catch(() => null);
      if (client) {
        this.client = client;
        break;
      }
      await pause(100);
    }
    this.enter(this.roomId);
  }

  leave(): void {
    this.client.close();
    this.#proxy.close();
    rmSync(this.#folder, { recursive: true });
  }
}

test(`${rounds} rounds of trouble, seed ${seed}: nothing lost, nothing twice, one order`, async () => {
  const dice = new Dice(seed);
  const people = await Promise.all(['ada', 'bob', 'cy'].map((name) => Person.arrive(name)));
  const [first, ...others] = people as [Person, Person, Person];
  const room = await first.client.createGroup(
    'trouble',
    others.map(({ client }) => client.user.id),
  );
  for (const person of people) person.enter(room.id);
  let number = 0;
  let writing = true;
  const writer = (async () => {
    while (writing) {
      dice.pick(people).write(`message ${number++}`);
      await pause(dice.int(5, 60));
    }
  })();

  const seen: string[] = [];
  const troubles: Record<string, () => Promise<void>> = {
    'gateway killed': async () => {
      const gateway = `gateway-${dice.int(0, 1)}`;
      await control(gateway, 'kill');
      await pause(dice.int(0, 500));
      await control(gateway, 'start');
    },
    'gateway restarted': async () => {
      const gateway = `gateway-${dice.int(0, 1)}`;
      await control(gateway, 'stop');
      await control(gateway, 'start');
    },
    'redis restarted': async () => {
      await control('redis', 'kill');
      await pause(dice.int(0, 300));
      await control('redis', 'start');
    },
    'connections cut': async () => {
      for (let i = dice.int(3, 10); i > 0; i--) {
        dice.pick(people).cut();
        await pause(dice.int(0, 400));
      }
    },
    'client restarted': () => dice.pick(people).restart(),
  };
  const names = Object.keys(troubles);
  for (let round = 0; round < rounds; round++) {
    // Each at least once, then as it comes.
    const name = names[round] ?? dice.pick(names);
    seen.push(name);
    await troubles[name]!();
    await pause(dice.int(200, 1_000));
  }
  writing = false;
  await writer;

  await eventually('every queue is empty', () => people.every(({ client }) => client.pending.length === 0), 90);
  const log = await readLog(first.client, room.id);
  await eventually('everybody has heard everything', () => people.every(({ told }) => told.length >= log.length), 60);

  for (const person of people) {
    assert.deepEqual(
      person.told.map(({ seq }) => seq),
      log.map(({ seq }) => seq),
      `${person.name} hears the log, dense and in order`,
    );
    assert.equal(person.reloads, 0);
    const mine = log.flatMap((event) =>
      event.type === 'message.created' && event.message.sender.id === person.client.user.id ? [event.message] : [],
    );
    assert.deepEqual(
      mine.map(({ client_message_id, content }) => ({ clientMessageId: client_message_id, content })),
      person.written,
      `what ${person.name} wrote is stored once, in its order`,
    );
    for (const { seq, client_message_id } of mine) {
      const outgoing = person.outgoing.get(client_message_id ?? '');
      if (outgoing?.stored) assert.equal(outgoing.stored.seq, seq);
    }
    person.leave();
  }
  console.log(`${number} messages through: ${seen.join(', ')}`);
});

async function readLog(client: ParleyClient, roomId: string): Promise<RoomEvent[]> {
  const events: RoomEvent[] = [];
  for (;;) {
    const answer = await client.fetch(`/chat/rooms/${roomId}/events/?after_seq=${events.length}&limit=500`);
    const page = (await answer.json()) as { items: RoomEvent[] };
    if (page.items.length === 0) return events;
    events.push(...page.items);
  }
}
