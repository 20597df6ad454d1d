import { ParleyError } from '../http/error.js';
import type { Platform } from '../platform/platform.js';
import { backoff } from '../socket/backoff.js';
import { errorOf, type Answer, type Connection } from '../socket/connection.js';
import type { Hello } from '../socket/frames.js';
import type { EventMessage } from '../types.js';
import { Journal } from './journal.js';
import { Outgoing, type Stored } from './outgoing.js';
import { keyOf, type OutboxStorage, type StoredMessage } from './storage.js';

const BASE_MS = 250;
const CAP_MS = 10_000;

/** Beyond this many unsent messages `send` throws: somebody is offline and writes in a loop. */
const MOST_UNSENT = 1_000;

/** The messages of one room, in the order in which they were written. */
interface Lane {
  readonly queue: Outgoing[];
  /** Whose answer is awaited; with the connection, as an answer of another one says nothing about this one. */
  underWay: { readonly message: Outgoing; readonly connection: Connection } | null;
  failures: number;
  notBefore: number;
  timer: unknown;
}

export interface OutboxListener {
  /** A message was written, or its state has changed. */
  changed(message: Outgoing): void;
  error(error: unknown): void;
}

/**
 * Messages on their way, kept in a storage until the server has them.
 *
 * Of each room one message is under way at a time. The server keeps the order of what is sent together, but what stands
 * behind a `rate_limited` one may be carried out, and the later would come before the earlier. After a cut, a reload or
 * `unavailable` the same message is sent again with its id, and the server makes one of them.
 */
export class Outbox {
  readonly #platform: Platform;
  readonly #journal: Journal;
  readonly #userId: string;
  readonly #owner: string;
  readonly #listener: OutboxListener;
  readonly #lanes = new Map<string, Lane>();
  readonly #refused = new Map<string, Outgoing>();
  readonly #release: () => void;
  #connection: Connection | null = null;
  #largest = Number.POSITIVE_INFINITY;
  #order = 0;
  /** Rates are of the user, so all rooms wait. */
  #notBefore = 0;
  #closed = false;

  private constructor(platform: Platform, storage: OutboxStorage, userId: string, listener: OutboxListener) {
    this.#platform = platform;
    this.#journal = new Journal(storage, (record) => this.#pump(this.#lane(record.roomId)), listener.error);
    this.#userId = userId;
    this.#listener = listener;
    this.#owner = platform.newId();
    this.#release = platform.sharing.hold(lockOf(this.#owner));
  }

  /** Takes over what an earlier client has left; messages of other users, and of tabs that live, stay where they are. */
  static async open(
    platform: Platform,
    storage: OutboxStorage,
    userId: string,
    listener: OutboxListener,
  ): Promise<Outbox> {
    const outbox = new Outbox(platform, storage, userId, listener);
    try {
      const alive = await platform.sharing.held();
      const left = [...(await storage.load())].sort((a, b) => a.order - b.order);
      for (const record of left) {
        outbox.#order = Math.max(outbox.#order, record.order);
        if (record.userId === userId && !alive?.has(lockOf(record.owner))) await outbox.#adopt(record);
      }
    } catch (error) {
      listener.error(error);
    }
    return outbox;
  }

  /** What is not stored, of a room or of all, in the order of writing; refused ones too. */
  pending(roomId?: string): Outgoing[] {
    const queued = [...this.#lanes.values()].flatMap((lane) => lane.queue);
    return [...queued, ...this.#refused.values()]
      .filter((message) => roomId === undefined || message.roomId === roomId)
      .sort((a, b) => a.record.order - b.record.order);
  }

  /** @throws ParleyError `outbox_full`, `closed` */
  send(
    roomId: string,
    content: string,
    options: { replyToId?: string | undefined; clientMessageId?: string | undefined } = {},
  ): Outgoing {
    if (this.#closed) throw new ParleyError({ code: 'closed', detail: 'The client is closed' });
    if (this.pending().length >= MOST_UNSENT) {
      throw new ParleyError({ code: 'outbox_full', detail: `${MOST_UNSENT} messages are unsent`, retryable: true });
    }
    const message = new Outgoing({
      userId: this.#userId,
      roomId,
      clientMessageId: options.clientMessageId ?? this.#platform.newId(),
      content,
      ...(options.replyToId === undefined ? {} : { replyToId: options.replyToId }),
      createdAt: this.#platform.clock.now(),
      order: ++this.#order,
      owner: this.#owner,
    });
    this.#enqueue(message);
    this.#journal.put(message.record);
    this.#listener.changed(message);
    this.#pump(this.#lane(roomId));
    return message;
  }

  /** Sends a refused message again, behind what the room has in the queue. Does nothing in other states. */
  retry(message: Outgoing): void {
    if (!this.#refused.delete(keyOf(message.record))) return;
    const { refused: _, ...record } = message.record;
    message.record = { ...record, order: ++this.#order };
    message.turn('queued');
    this.#enqueue(message);
    this.#journal.put(message.record);
    this.#listener.changed(message);
    this.#pump(this.#lane(message.roomId));
  }

  /** Gives a message up that is refused or waits for its turn. `false`: it is under way, or stored. */
  discard(message: Outgoing): boolean {
    const lane = this.#lane(message.roomId);
    if (!this.#refused.has(keyOf(message.record)) && message.state !== 'queued') return false;
    this.#take(lane, message);
    message.fail('discarded', new ParleyError({ code: 'discarded' }));
    this.#listener.changed(message);
    this.#pump(lane);
    return true;
  }

  /** Sends over this connection from now on, beginning with what had no answer. */
  attach(connection: Connection, hello: Hello): void {
    this.#connection = connection;
    this.#largest = hello.max_frame_bytes;
    for (const lane of this.#lanes.values()) {
      lane.failures = 0;
      lane.notBefore = 0;
      this.#pump(lane);
    }
  }

  detach(): void {
    this.#connection = null;
  }

  /** An event of the log has stored this message: its ack may have been lost. */
  settle(roomId: string, message: EventMessage): void {
    if (message.sender.id !== this.#userId || message.client_message_id === null) return;
    const key = keyOf({ userId: this.#userId, roomId, clientMessageId: message.client_message_id } as StoredMessage);
    const found =
      this.#refused.get(key) ??
      this.#lanes.get(roomId)?.queue.find((queued) => queued.clientMessageId === message.client_message_id);
    if (found) this.#stored(found, { seq: message.seq, messageId: message.id, timestamp: message.timestamp });
  }

  /** Resolves when every message written so far is in the storage. */
  flush(): Promise<void> {
    return this.#journal.written();
  }

  /** Forgets everything, in the storage too. */
  async clear(): Promise<void> {
    for (const message of this.pending()) {
      this.#take(this.#lane(message.roomId), message);
      message.fail('discarded', new ParleyError({ code: 'discarded' }));
    }
    await this.flush();
  }

  /** Sends nothing any more; what is unsent stays in the storage. */
  close(): void {
    this.#closed = true;
    this.#connection = null;
    for (const lane of this.#lanes.values()) this.#platform.clock.clearTimeout(lane.timer);
    this.#release();
  }

  async #adopt(stored: StoredMessage): Promise<void> {
    const message = new Outgoing({ ...stored, owner: this.#owner });
    this.#journal.put(message.record);
    await this.#journal.written();
    if (stored.refused) {
      this.#refused.set(keyOf(message.record), message);
      message.fail('refused', new ParleyError(stored.refused));
    } else {
      this.#enqueue(message);
    }
  }

  #enqueue(message: Outgoing): void {
    this.#lane(message.roomId).queue.push(message);
  }

  #lane(roomId: string): Lane {
    const lane = this.#lanes.get(roomId) ?? { queue: [], underWay: null, failures: 0, notBefore: 0, timer: null };
    this.#lanes.set(roomId, lane);
    return lane;
  }

  #pump(lane: Lane): void {
    const connection = this.#connection;
    const message = lane.queue[0];
    if (this.#closed || connection === null || message === undefined || lane.underWay?.connection === connection)
      return;
    if (this.#journal.isWriting(message.record)) return;
    const wait = Math.max(lane.notBefore, this.#notBefore) - this.#platform.clock.now();
    if (wait > 0) {
      this.#platform.clock.clearTimeout(lane.timer);
      lane.timer = this.#platform.clock.setTimeout(() => this.#pump(lane), wait);
      return;
    }
    if (this.#isTooLarge(message)) {
      this.#refuse(lane, message, new ParleyError({ code: 'payload_too_large', detail: 'Longer than a frame may be' }));
      return;
    }
    lane.underWay = { message, connection };
    message.turn('sent');
    connection.request(
      {
        type: 'message.send',
        room_id: message.roomId,
        client_message_id: message.clientMessageId,
        content: message.content,
        ...(message.replyToId === undefined ? {} : { reply_to_id: message.replyToId }),
      },
      (answer) => this.#answered(lane, message, connection, answer),
    );
    this.#listener.changed(message);
  }

  #answered(lane: Lane, message: Outgoing, connection: Connection, answer: Answer): void {
    if (answer !== 'lost' && answer.type === 'ack') {
      const { seq, message_id, timestamp } = answer;
      this.#stored(message, { seq: seq ?? 0, messageId: message_id ?? '', timestamp: timestamp ?? '' });
      return;
    }
    if (lane.underWay?.message !== message || lane.underWay.connection !== connection) return;
    lane.underWay = null;
    message.turn('queued');
    if (answer === 'lost') {
      this.#listener.changed(message);
      return;
    }
    const error = errorOf(answer);
    if (!error.retryable) {
      this.#refuse(lane, message, error);
      return;
    }
    const now = this.#platform.clock.now();
    const wait = backoff(this.#platform.random, lane.failures++, BASE_MS, CAP_MS);
    lane.notBefore = now + Math.max(wait, error.retryAfterMs ?? 0);
    if (error.code === 'rate_limited') this.#notBefore = Math.max(this.#notBefore, now + (error.retryAfterMs ?? 1_000));
    this.#listener.changed(message);
    this.#pump(lane);
  }

  #stored(message: Outgoing, stored: Stored): void {
    if (message.state === 'stored' || message.state === 'discarded') return;
    const lane = this.#lane(message.roomId);
    lane.failures = 0;
    this.#take(lane, message);
    message.store(stored);
    this.#listener.changed(message);
    this.#pump(lane);
  }

  #refuse(lane: Lane, message: Outgoing, error: ParleyError): void {
    lane.queue.splice(lane.queue.indexOf(message), 1);
    message.record = { ...message.record, refused: { code: error.code, detail: error.message } };
    this.#refused.set(keyOf(message.record), message);
    this.#journal.put(message.record);
    message.fail('refused', error);
    this.#listener.changed(message);
    this.#pump(lane);
  }

  /** Takes a message out of wherever it is. */
  #take(lane: Lane, message: Outgoing): void {
    const at = lane.queue.indexOf(message);
    if (at >= 0) lane.queue.splice(at, 1);
    if (lane.underWay?.message === message) lane.underWay = null;
    this.#refused.delete(keyOf(message.record));
    this.#journal.remove(message.record);
  }

  #isTooLarge(message: Outgoing): boolean {
    // Three bytes a UTF-16 unit, six where it is escaped: only long ones have to be counted.
    if (message.content.length * 6 < this.#largest - 1_000) return false;
    return new TextEncoder().encode(JSON.stringify(message.content)).length > this.#largest - 1_000;
  }
}

function lockOf(owner: string): string {
  return `parley:outbox:${owner}`;
}
