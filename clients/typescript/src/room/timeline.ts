import type { Outgoing } from '../outbox/outgoing.js';
import type { RoomEvent } from '../socket/frames.js';
import { ParleyError } from '../http/error.js';
import type { EventMessage, HistoryPage } from '../types.js';
import type { Room } from './room.js';

/** A message of the log, or one of this client's that is not there yet. `key` stays when the one becomes the other. */
export type TimelineItem =
  | { readonly kind: 'message'; readonly key: string; readonly message: EventMessage }
  | { readonly kind: 'outgoing'; readonly key: string; readonly outgoing: Outgoing };

/**
 * A room's messages as a list to show: a piece of history that reaches the present, then what is on its way.
 *
 * An optimistic message becomes the real one by its `client_message_id`, in one step and under the same key. After a
 * `reload` of the room the list starts over with its newest page: it stands still until that is read, tried again after
 * failures, which the client's `error` tells.
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
  /** Of each reading under way what has happened since it began: the page may be older, and must not undo it. */
  readonly #meanwhile = new Set<RoomEvent[]>();
  #hasBefore = false;
  /** Grows when the list starts over: what an older reading brings is not of it. */
  #generation = 0;
  /** Until it has started over; `#stale` for longer, when that is refused for good. */
  #startingOver: Promise<void> | null = null;
  #stale = false;
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
        this.#room.on('reload', () => this.#startOver(limit)),
        this.#room.on('live', () => this.#join(limit)),
      );
    }
    this.#joined = this.#room.position !== null;
    this.#room.follow();
    const begun = this.#generation;
    await this.#recording(async (meanwhile) => {
      const page = await this.#room.history({ limit });
      if (begun === this.#generation) this.#replace(page, meanwhile, new Set());
    });
    await this.#settled();
  }

  /** Reads older messages; `false` when there are none. */
  async loadBefore(limit = 50): Promise<boolean> {
    for (;;) {
      await this.#settled();
      if (!this.#hasBefore) return false;
      const begun = this.#generation;
      const added = await this.#recording(async (meanwhile) => {
        const beforeSeq = Math.min(...this.#messages.keys());
        const page = await this.#room.history({ beforeSeq, limit });
        if (begun !== this.#generation) return false;
        this.#add(page, meanwhile);
        return true;
      });
      if (added) return true;
    }
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
    this.#generation++;
    this.#startingOver = null;
  }

  /** What happened between the first reading and the beginning of events is in neither, and may be more than a page. */
  #join(limit: number): void {
    if (this.#joined) return;
    this.#joined = true;
    this.#startOver(limit);
  }

  #startOver(limit: number): void {
    const generation = ++this.#generation;
    const acked = new Set(this.#acked.keys());
    this.#stale = true;
    this.#startingOver = this.#recording(async (meanwhile) => {
      const page = await this.#newest(limit, generation);
      if (generation !== this.#generation) return;
      this.#startingOver = null;
      // The next time that the room is live is another try.
      if (page === null) this.#joined = false;
      else this.#replace(page, meanwhile, acked);
    });
  }

  /** Tries until it has them; `null` when they are refused for good, or nobody wants them any more. */
  async #newest(limit: number, generation: number): Promise<HistoryPage | null> {
    for (let failures = 1; generation === this.#generation; failures++) {
      try {
        return await this.#room.history({ limit });
      } catch (error) {
        if (generation !== this.#generation) break;
        this.#room.report(error);
        if (!(error instanceof ParleyError) || !error.retryable) break;
        await this.#room.pause(failures);
      }
    }
    return null;
  }

  async #settled(): Promise<void> {
    while (this.#startingOver !== null) await this.#startingOver;
  }

  async #recording<T>(reading: (meanwhile: readonly RoomEvent[]) => Promise<T>): Promise<T> {
    const meanwhile: RoomEvent[] = [];
    this.#meanwhile.add(meanwhile);
    try {
      return await reading(meanwhile);
    } finally {
      this.#meanwhile.delete(meanwhile);
    }
  }

  /** @param acked what was acked before this list began: it is of the older one */
  #replace(page: HistoryPage, meanwhile: readonly RoomEvent[], acked: ReadonlySet<string>): void {
    this.#messages.clear();
    this.#bySeq.clear();
    for (const key of acked) this.#acked.delete(key);
    this.#stale = false;
    this.#add(page, meanwhile);
  }

  #add(page: HistoryPage, meanwhile: readonly RoomEvent[]): void {
    this.#hasBefore = page.has_before;
    for (const message of page.items) this.#put(message);
    for (const event of meanwhile) this.#apply(event);
    this.#changed();
  }

  #take(event: RoomEvent): void {
    for (const events of this.#meanwhile) events.push(event);
    if (!this.#stale && this.#apply(event)) this.#changed();
  }

  /** Whether it is of something that is shown. */
  #apply(event: RoomEvent): boolean {
    switch (event.type) {
      case 'message.created':
        this.#put(event.message);
        return true;
      case 'message.updated':
        if (this.#messages.has(event.message.seq)) this.#put(event.message);
        return true;
      case 'message.deleted':
        this.#change(event.message_seq, (message) => ({
          ...message,
          content: '',
          reactions: [],
          deleted_at: event.timestamp,
        }));
        return true;
      case 'reaction.added':
      case 'reaction.removed':
        this.#change(this.#bySeq.get(event.message_id) ?? 0, (message) => ({
          ...message,
          reactions: withCount(message.reactions, event.emoji, event.count),
        }));
        return true;
      default:
        return false;
    }
  }

  #send(outgoing: Outgoing): void {
    const { stored } = outgoing;
    // A list that is about to be replaced may know another message by this number.
    if (stored && (this.#stale || !this.#messages.has(stored.seq)))
      this.#acked.set(outgoingKey(outgoing, this.#room), outgoing);
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
    for (const listener of [...this.#listeners]) {
      try {
        listener();
      } catch (error) {
        this.#room.report(error);
      }
    }
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
