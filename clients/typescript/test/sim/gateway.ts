import type { Grant } from './accounts.js';
import type { FakeRoom, Outcome } from './log.js';
import type { ServerEnd } from './wire.js';
import type { FakeServer } from './server.js';

/** A room on a connection: where its reader stands, and whether the past is over. */
interface Reader {
  readonly room: FakeRoom;
  position: number;
  replayTo: number | null;
  from: number;
  planned: boolean;
}

interface Send {
  readonly id: string | undefined;
  readonly room: FakeRoom;
  readonly clientMessageId: string;
  readonly content: string;
}

/** One socket on a gateway, keeping what the contract says of it. */
export class FakeConnection {
  readonly #server: FakeServer;
  readonly #gateway: FakeGateway;
  readonly #wire: ServerEnd;
  readonly #readers = new Map<string, Reader>();
  readonly #lanes = new Map<string, Send[]>();
  grant: Grant;
  open = true;
  #expiry: unknown = null;
  #limited = 0;

  constructor(server: FakeServer, gateway: FakeGateway, wire: ServerEnd, grant: Grant) {
    this.#server = server;
    this.#gateway = gateway;
    this.#wire = wire;
    this.grant = grant;
    wire.onText = (text) => this.#read(text);
    this.#send({
      type: 'hello',
      connection_id: `c${server.nextNumber()}`,
      user_id: grant.session.userId,
      heartbeat_interval_ms: 25_000,
      max_frame_bytes: 65_536,
      max_subscriptions: 1_000,
      token_expires_at: new Date(grant.expiresAt).toISOString(),
      server_time: new Date(server.clock.now()).toISOString(),
    });
    this.#watchExpiry();
  }

  get userId(): string {
    return this.grant.session.userId;
  }

  /** Something was committed in the room. */
  wake(room: FakeRoom): void {
    const reader = this.#readers.get(room.id);
    if (!reader || reader.planned || !this.open) return;
    reader.planned = true;
    this.#server.after(this.#server.chaos.relayMs(), () => this.#advance(reader));
  }

  /** `room.added` and `room.removed`, at least once. */
  tell(frame: object): void {
    this.#send(frame);
    if (this.#server.dice.chance(0.2)) this.#server.after(300, () => this.#send(frame));
  }

  removed(room: FakeRoom): void {
    this.#server.after(this.#server.dice.int(0, 500), () => {
      const reader = this.#readers.get(room.id);
      if (room.has(this.userId)) return;
      if (reader) {
        // Up to and with the removal, then nothing.
        const last =
          room.events.findLastIndex(
            (event) => event.type === 'participant.removed' && event['user_id'] === this.userId,
          ) + 1;
        this.#sendEvents(reader, Math.max(reader.position, last));
        this.#readers.delete(room.id);
      }
      this.tell({ type: 'room.removed', room_id: room.id });
    });
  }

  drain(afterMs: number): void {
    this.#send({ type: 'server.draining', reconnect_after_ms: afterMs });
  }

  /** Commands that came are carried out all the same: they are in a stream. */
  close(code: number): void {
    if (!this.open) return;
    this.#end();
    this.#wire.close(code);
  }

  /** The process is gone; the client may hear of it at once, or never. */
  cut(): void {
    if (!this.open) return;
    this.#end();
    this.#wire.cut();
  }

  /** A dead network: nothing arrives any more, and nobody is told. */
  vanish(): void {
    this.#end();
    this.#wire.vanish();
  }

  #end(): void {
    this.open = false;
    this.#server.clock.cancel(this.#expiry);
    this.#gateway.connections.delete(this);
  }

  #send(frame: object): void {
    if (this.open) this.#wire.send(JSON.stringify(frame));
  }

  #watchExpiry(): void {
    this.#server.clock.cancel(this.#expiry);
    this.#expiry = this.#server.after(this.grant.expiresAt - this.#server.clock.now(), () => this.close(4401));
    const warning = this.grant.expiresAt - this.#server.clock.now() - 60_000;
    const { grant } = this;
    this.#server.after(Math.max(0, warning), () => {
      if (this.grant === grant)
        this.#send({ type: 'auth.expiring', token_expires_at: new Date(grant.expiresAt).toISOString() });
    });
  }

  #read(text: string): void {
    if (!this.open) return;
    const frame = JSON.parse(text) as Record<string, unknown>;
    const id = frame['id'] as string | undefined;
    switch (frame['type']) {
      case 'ping':
        this.#send({ type: 'pong', ...(id === undefined ? {} : { id }) });
        return;
      case 'subscribe':
        this.#server.after(this.#server.chaos.answerMs(), () =>
          this.#subscribe(id, frame['rooms'] as Array<Record<string, unknown>>),
        );
        return;
      case 'unsubscribe':
        this.#readers.delete(frame['room_id'] as string);
        this.#send({ type: 'ack', id });
        return;
      case 'auth.refresh':
        this.#refresh(id, frame['token'] as string);
        return;
      case 'read':
        this.#send({ type: 'ack', id, last_read_seq: frame['seq'], unread_count: 0 });
        return;
      case 'message.send':
        this.#take(id, frame);
        return;
      case 'typing':
        return;
      default:
        throw new Error(`the fake knows no ${String(frame['type'])}`);
    }
  }

  #refresh(id: string | undefined, token: string): void {
    const grant = this.#server.accounts.bearer(token);
    if (grant?.session !== this.grant.session) {
      this.#send({ type: 'error', id, code: 'unauthenticated', retryable: false });
      return;
    }
    this.grant = grant;
    this.#watchExpiry();
    this.#send({ type: 'ack', id, token_expires_at: new Date(grant.expiresAt).toISOString() });
  }

  #subscribe(id: string | undefined, wanted: Array<Record<string, unknown>>): void {
    if (!this.open) return;
    if (this.#server.chaos.unavailable()) {
      this.#send({ type: 'error', id, code: 'unavailable', retryable: true });
      return;
    }
    const wait = this.#server.chaos.subscribeWaits.shift();
    if (wait !== undefined) {
      this.#send({ type: 'error', id, code: 'rate_limited', retryable: true, retry_after_ms: wait });
      return;
    }
    const rooms: object[] = [];
    const errors: object[] = [];
    const begun: Array<() => void> = [];
    for (const { room_id, after_seq, log_epoch } of wanted) {
      const room = this.#server.rooms.get(room_id as string);
      if (!room?.has(this.userId)) {
        errors.push({ room_id, code: 'room_not_found' });
        continue;
      }
      rooms.push({ room_id, last_seq: room.lastSeq, log_epoch: room.epoch });
      if (!this.#readers.has(room.id))
        begun.push(this.#begin(room, after_seq as number | undefined, log_epoch as number | undefined));
    }
    this.#send({ type: 'ack', id, rooms, errors });
    for (const begin of begun) begin();
  }

  #begin(room: FakeRoom, after: number | undefined, epoch: number | undefined): () => void {
    const head = room.lastSeq;
    const complete =
      after === undefined ||
      (after <= head && head - after <= this.#server.chaos.replayLimit && (epoch ?? room.epoch) === room.epoch);
    const position = after !== undefined && complete ? after : head;
    const reader: Reader = {
      room,
      position,
      from: position,
      replayTo: after !== undefined && complete ? head : null,
      planned: false,
    };
    this.#readers.set(room.id, reader);
    return () => {
      if (!complete) {
        this.#send({
          type: 'resumed',
          room_id: room.id,
          from_seq: (after as number) + 1,
          to_seq: after,
          last_seq: head,
          log_epoch: room.epoch,
          complete: false,
        });
      }
      this.wake(room);
      if (reader.replayTo !== null && !reader.planned) this.#advance(reader);
    };
  }

  /** A replay goes in parts, then `resumed`, then what happens. */
  #advance(reader: Reader): void {
    reader.planned = false;
    if (!this.open || this.#readers.get(reader.room.id) !== reader) return;
    if (!reader.room.has(this.userId)) return;
    const goal = reader.replayTo ?? reader.room.lastSeq;
    this.#sendEvents(reader, Math.min(goal, reader.position + this.#server.chaos.partSize()));
    if (reader.replayTo !== null && reader.position >= reader.replayTo) {
      const { room, from, position } = reader;
      reader.replayTo = null;
      this.#send({
        type: 'resumed',
        room_id: room.id,
        from_seq: from + 1,
        to_seq: position,
        last_seq: position,
        log_epoch: room.epoch,
        complete: true,
      });
    }
    if (reader.replayTo !== null || reader.position < reader.room.lastSeq) this.wake(reader.room);
  }

  /** Several objects in a frame, as `chat.v1.ndjson` has them. */
  #sendEvents(reader: Reader, upTo: number): void {
    const events = reader.room.events.slice(reader.position, upTo);
    reader.position = upTo;
    if (events.length > 0 && this.open) this.#wire.send(events.map((event) => JSON.stringify(event)).join('\n'));
  }

  #take(id: string | undefined, frame: Record<string, unknown>): void {
    const limit = this.#server.chaos.rateLimit();
    if (limit !== null) {
      this.#send({ type: 'error', id, code: 'rate_limited', retryable: true, retry_after_ms: limit });
      if (++this.#limited > 30) this.close(4529);
      return;
    }
    const room = this.#server.rooms.get(frame['room_id'] as string);
    if (!room) {
      this.#send({ type: 'error', id, code: 'room_not_found', retryable: false });
      return;
    }
    const send = {
      id,
      room,
      clientMessageId: frame['client_message_id'] as string,
      content: frame['content'] as string,
    };
    const lane = this.#lanes.get(room.id) ?? [];
    this.#lanes.set(room.id, lane);
    lane.push(send);
    if (lane.length === 1) this.#server.after(this.#server.chaos.commitMs(), () => this.#carryOut(lane));
  }

  /** One entry of the lane at a time; it is carried out whether or not this socket still lives. */
  #carryOut(lane: Send[]): void {
    const head = lane[0];
    if (!head) return;
    if (this.#server.chaos.unavailable()) {
      // Nobody knows about the first; it may be stored now, soon or never. All behind it hears the same.
      if (this.#server.dice.chance(0.6)) this.#server.after(this.#server.dice.int(0, 8_000), () => this.#commit(head));
      for (const { id } of lane.splice(0)) this.#send({ type: 'error', id, code: 'unavailable', retryable: true });
      return;
    }
    lane.shift();
    const outcome = this.#commit(head);
    const answer = (): void => this.#answer(head, outcome);
    // Before or after the echo.
    if (this.#server.dice.chance(0.5)) answer();
    else this.#server.after(this.#server.chaos.answerMs(), answer);
    if (lane.length > 0) this.#server.after(this.#server.chaos.commitMs(), () => this.#carryOut(lane));
  }

  #commit({ room, clientMessageId, content }: Send): Outcome {
    const outcome = room.store({ userId: this.userId, clientMessageId, content });
    this.#server.changed(room);
    return outcome;
  }

  #answer({ id, room, clientMessageId }: Send, outcome: Outcome): void {
    if (outcome.kind === 'refused') {
      this.#send({ type: 'error', id, code: outcome.code, retryable: false });
      return;
    }
    if (this.#server.chaos.loseAcks) return;
    const { seq, messageId, timestamp, duplicate } = outcome;
    this.#send({
      type: 'ack',
      id,
      client_message_id: clientMessageId,
      message_id: messageId,
      room_id: room.id,
      seq,
      timestamp,
      duplicate,
    });
  }
}

/** A gateway: up, stopping or down. */
export class FakeGateway {
  readonly connections = new Set<FakeConnection>();
  state: 'up' | 'draining' | 'down' = 'up';
}
