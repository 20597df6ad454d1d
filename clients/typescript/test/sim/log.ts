import type { SimClock } from './sim.js';

export interface LoggedEvent {
  readonly type: string;
  readonly room_id: string;
  readonly seq: number;
  readonly timestamp: string;
  readonly actor_id: string;
  readonly [member: string]: unknown;
}

export interface Command {
  readonly userId: string;
  readonly clientMessageId: string;
  readonly content: string;
}

export type Outcome =
  | {
      readonly kind: 'stored';
      readonly seq: number;
      readonly messageId: string;
      readonly timestamp: string;
      readonly duplicate: boolean;
    }
  | { readonly kind: 'refused'; readonly code: string };

/** A room as the contract has it: a dense log, one message for a `client_message_id`, participants only. */
export class FakeRoom {
  readonly id: string;
  readonly events: LoggedEvent[] = [];
  readonly participants = new Set<string>();
  readonly #clock: SimClock;
  readonly #first = new Map<string, { content: string; seq: number; messageId: string; timestamp: string }>();
  epoch = 1;
  deleted = false;

  constructor(clock: SimClock, id: string, participants: Iterable<string>) {
    this.#clock = clock;
    this.id = id;
    for (const user of participants) this.participants.add(user);
  }

  get lastSeq(): number {
    return this.events.length;
  }

  has(userId: string): boolean {
    return !this.deleted && this.participants.has(userId);
  }

  /** A repeat is recognised before participation is checked. */
  store({ userId, clientMessageId, content }: Command): Outcome {
    const key = `${userId}:${clientMessageId}`;
    const first = this.#first.get(key);
    if (first) {
      if (first.content !== content) return { kind: 'refused', code: 'idempotency_conflict' };
      return { kind: 'stored', ...first, duplicate: true };
    }
    if (!this.has(userId)) return { kind: 'refused', code: 'room_not_found' };
    if (content.startsWith('bad')) return { kind: 'refused', code: 'validation_failed' };
    const messageId = `m-${this.id}-${this.lastSeq + 1}`;
    const event = this.append('message.created', userId, (seq, timestamp) => ({
      message: {
        id: messageId,
        room_id: this.id,
        seq,
        sender: { id: userId, username: userId, display_name: null, deleted: false },
        content,
        client_message_id: clientMessageId,
        reply_to: null,
        timestamp,
        edited_at: null,
        deleted_at: null,
        reactions: [],
      },
    }));
    const stored = { content, seq: event.seq, messageId, timestamp: event.timestamp };
    this.#first.set(key, stored);
    return { kind: 'stored', ...stored, duplicate: false };
  }

  remove(userId: string): void {
    if (!this.participants.delete(userId)) return;
    this.append('participant.removed', 'admin', () => ({ user_id: userId }));
  }

  add(userId: string): void {
    if (this.participants.has(userId)) return;
    this.participants.add(userId);
    this.append('participant.added', 'admin', () => ({ participant: { user: { id: userId } } }));
  }

  append(type: string, actorId: string, members: (seq: number, timestamp: string) => object): LoggedEvent {
    const seq = this.lastSeq + 1;
    const timestamp = new Date(this.#clock.now()).toISOString();
    const event = { type, room_id: this.id, seq, timestamp, actor_id: actorId, ...members(seq, timestamp) };
    this.events.push(event);
    return event;
  }

  /** A backup was restored: the log ends earlier, and counts on. */
  restore(lastSeq: number): void {
    this.events.length = lastSeq;
    this.epoch++;
    this.#first.clear();
  }
}
