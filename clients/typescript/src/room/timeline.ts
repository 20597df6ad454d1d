import type { Outgoing } from '../outbox/outgoing.js';
import type { RoomEvent } from '../socket/frames.js';
import type { EventMessage } from '../types.js';
import type { Room } from './room.js';

/** A message of the log, or one of this client's that is not there yet. `key` stays when the one becomes the other. */
export type TimelineItem =
  | { readonly kind: 'message'; readonly key: string; readonly message: EventMessage }
  | { readonly kind: 'outgoing'; readonly key: string; readonly outgoing: Outgoing };

/**
 * A room's messages as a list to show: a piece of history that reaches the present, then what is on its way.
 *
 * An optimistic message becomes the real one by its `client_message_id`, in one step and under the same key. After a
 * `reload` of the room the list starts over with its newest page.
 *
 * ```ts
 * const timeline = new Timeline(client.room(id));
 * await timeline.open();
 * timeline.onChange(() => render(timeline.items));
 * ```
 */
export class Timeline {
  readonly #room: Room;
  readonly #messages = new Map<number, EventMessage>();
  readonly #bySeq = new Map<string, number>();
  /** Acked before the log has told of them: they stay, or they would vanish for a moment. */
  readonly #acked = new Map<string, Outgoing>();
  readonly #listeners = new Set<() => void>();
  readonly #off: Array<() => void> = [];
  #hasBefore = false;
  /** Whether what was read of the history reaches to where events begin. */
  #joined = false;
  #items: readonly TimelineItem[] | null = null;

  constructor(room: Room) {
    this.#room = room;
  }

  /** Follows the room and reads its newest messages. */
  async open(limit = 50): Promise<void> {
    if (this.#off.length === 0) {
      this.#off.push(
        this.#room.on('event', (event) => this.#take(event)),
        this.#room.on('outgoing', (outgoing) => this.#send(outgoing)),
        this.#room.on('reload', () => void this.#startOver(limit).catch(() => {})),
        this.#room.on('live', () => this.#join(limit)),
      );
    }
    this.#joined = this.#room.position !== null;
    this.#room.follow();
    await this.#read({ limit });
  }

  /** Reads older messages; `false` when there are none. */
  async loadBefore(limit = 50): Promise<boolean> {
    if (!this.#hasBefore) return false;
    const first = Math.min(...this.#messages.keys());
    await this.#read({ beforeSeq: first, limit });
    return true;
  }

  /** Whether there is older history to load. */
  get hasBefore(): boolean {
    return this.#hasBefore;
  }

  /** In the order of the log, unsent ones last; the same array until something changes. */
  get items(): readonly TimelineItem[] {
    this.#items ??= this.#list();
    return this.#items;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Stops listening; the room stays followed. */
  close(): void {
    for (const off of this.#off.splice(0)) off();
    this.#listeners.clear();
  }

  /** What happened between the first reading and the beginning of events is in neither. */
  #join(limit: number): void {
    if (this.#joined) return;
    this.#joined = true;
    this.#read({ limit }).catch(() => (this.#joined = false));
  }

  async #startOver(limit: number): Promise<void> {
    this.#messages.clear();
    this.#bySeq.clear();
    this.#acked.clear();
    await this.#read({ limit });
  }

  async #read(options: { beforeSeq?: number; limit: number }): Promise<void> {
    const page = await this.#room.history(options);
    this.#hasBefore = page.has_before;
    for (const message of page.items) this.#put(message);
    this.#changed();
  }

  #take(event: RoomEvent): void {
    switch (event.type) {
      case 'message.created':
        this.#put(event.message);
        break;
      case 'message.updated':
        if (this.#messages.has(event.message.seq)) this.#put(event.message);
        break;
      case 'message.deleted':
        this.#change(event.message_seq, (message) => ({
          ...message,
          content: '',
          reactions: [],
          deleted_at: event.timestamp,
        }));
        break;
      case 'reaction.added':
      case 'reaction.removed':
        this.#change(this.#bySeq.get(event.message_id) ?? 0, (message) => ({
          ...message,
          reactions: withCount(message.reactions, event.emoji, event.count),
        }));
        break;
      default:
        return;
    }
    this.#changed();
  }

  #send(outgoing: Outgoing): void {
    const { stored } = outgoing;
    if (stored && !this.#messages.has(stored.seq)) this.#acked.set(outgoingKey(outgoing, this.#room), outgoing);
    this.#changed();
  }

  /** A tombstone stays one: an older answer may come after the deletion. */
  #put(message: EventMessage): void {
    const known = this.#messages.get(message.seq);
    if (known?.deleted_at && !message.deleted_at) return;
    if (known?.edited_at && (message.edited_at ?? '') < known.edited_at && !message.deleted_at) return;
    this.#messages.set(message.seq, message);
    this.#bySeq.set(message.id, message.seq);
    this.#acked.delete(keyOfMessage(message));
  }

  #change(seq: number, change: (message: EventMessage) => EventMessage): void {
    const known = this.#messages.get(seq);
    if (known) this.#messages.set(seq, change(known));
  }

  #list(): TimelineItem[] {
    const messages = [...this.#messages.values()].sort((a, b) => a.seq - b.seq);
    const real = new Set(messages.map(keyOfMessage));
    return [
      ...messages.map((message): TimelineItem => ({ kind: 'message', key: keyOfMessage(message), message })),
      ...[...this.#acked.values(), ...this.#room.pending]
        .map((outgoing): TimelineItem => ({ kind: 'outgoing', key: outgoingKey(outgoing, this.#room), outgoing }))
        .filter(({ key }) => !real.has(key)),
    ];
  }

  #changed(): void {
    this.#items = null;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Ids of clients are unique per sender only. */
function keyOfMessage(message: EventMessage): string {
  return message.client_message_id === null ? message.id : `${message.sender.id}:${message.client_message_id}`;
}

function outgoingKey(outgoing: Outgoing, room: Room): string {
  return `${room.userId}:${outgoing.clientMessageId}`;
}

function withCount(reactions: EventMessage['reactions'], emoji: string, count: number): EventMessage['reactions'] {
  const others = reactions.filter((reaction) => reaction.emoji !== emoji);
  if (count === 0) return others;
  return reactions.some((reaction) => reaction.emoji === emoji)
    ? reactions.map((reaction) => (reaction.emoji === emoji ? { ...reaction, count } : reaction))
    : [...others, { emoji, count }];
}
