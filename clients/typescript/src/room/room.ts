import { Emitter } from '../emitter.js';
import type { Platform } from '../platform/platform.js';
import type { Session } from '../session/session.js';
import type { Outbox } from '../outbox/outbox.js';
import type { Outgoing } from '../outbox/outgoing.js';
import type { Connection } from '../socket/connection.js';
import { backoff } from '../socket/backoff.js';
import type { EphemeralEvent, RoomEvent } from '../socket/frames.js';
import type { HistoryPage, Message, RoomInfo } from '../types.js';
import type { ReadState } from './read-cursor.js';
import type { Position, Reload, Start } from './room-log.js';

/** While somebody types, the server wants to hear of it every 2 to 5 s. */
const TYPING_MS = 3_000;

type OfType<T extends string> = Extract<EphemeralEvent, { type: T }>;

/** What a room tells. */
export interface RoomEvents {
  /** Every event of the log behind the position where following began, in order, each once. */
  event: RoomEvent;
  /** Events were skipped; see {@link Reload}. */
  reload: Reload;
  /** One of this client's messages was written, or its state has changed. */
  outgoing: Outgoing;
  typing: OfType<'typing'>;
  /** Anybody's read cursor has moved. */
  read: OfType<'read.updated'>;
  /** The user's own cursor was moved by {@link Room.markRead}. */
  marked: ReadState;
  presence: OfType<'presence.snapshot'> | OfType<'presence.count'>;
  /** The subscription is complete: what is told from now on happens now. Again after each reconnect. */
  live: Position;
  /** The user is not in the room any more, or it is no more. Following goes on by itself when he is added again. */
  removed: { readonly roomId: string };
}

/** @internal What a handle needs of its client. */
export interface RoomContext {
  readonly session: Session;
  readonly outbox: Outbox;
  readonly platform: Platform;
  connection(): Connection | null;
  follow(room: Room, after: Start | null): void;
  unfollow(room: Room): void;
  position(room: Room): Position | null;
  markRead(room: Room, seq: number): void;
}

/** A room: what happens in it, and what one can do there. */
export class Room {
  readonly id: string;
  readonly #context: RoomContext;
  readonly #emitter: Emitter<RoomEvents>;
  readonly #onError: (error: unknown) => void;
  #typedAt = 0;

  /** @internal */
  constructor(id: string, context: RoomContext, onError: (error: unknown) => void) {
    this.id = id;
    this.#context = context;
    this.#onError = onError;
    this.#emitter = new Emitter(onError);
  }

  /** Listens; the answered function ends that. Listeners run synchronously and must not throw. */
  on<K extends keyof RoomEvents>(name: K, listener: (value: RoomEvents[K]) => void): () => void {
    return this.#emitter.on(name, listener);
  }

  /**
   * Subscribes, now and after each reconnect. With `after` the events behind it come first, from the beginning with
   * `{ seq: 0 }`; without, it starts with what happens from now on. Following twice changes nothing.
   */
  follow(options: { readonly after?: Start } = {}): this {
    this.#context.follow(this, options.after ?? null);
    return this;
  }

  /** Who writes here: the client's user. */
  get userId(): string {
    return this.#context.session.user.id;
  }

  unfollow(): void {
    this.#context.unfollow(this);
  }

  /** Up to where events were told; keep it to go on from there after a reload. `null` before it is known. */
  get position(): Position | null {
    return this.#context.position(this);
  }

  /**
   * Writes a message: queued at once, sent when there is a connection, again after every interruption, stored once.
   * It is the application's to show it meanwhile (`outgoing`), and to replace it by the `message.created` that has its
   * `clientMessageId`; {@link Timeline} does both.
   *
   * @throws ParleyError `outbox_full` when 1,000 messages are unsent, `closed`
   */
  send(content: string, options: { replyToId?: string; clientMessageId?: string } = {}): Outgoing {
    this.#typedAt = 0;
    return this.#context.outbox.send(this.id, content, options);
  }

  /** Messages that are not stored, refused ones too, in the order of writing. */
  get pending(): Outgoing[] {
    return this.#context.outbox.pending(this.id);
  }

  /** Says that the user has read everything up to `seq`. The last word counts; it is repeated until it is heard. */
  markRead(seq: number): void {
    this.#context.markRead(this, seq);
  }

  /** Call it at every key press, and with `false` when the text is gone; the rate is kept here. */
  typing(isTyping = true): void {
    const now = this.#context.platform.clock.now();
    if (isTyping ? now - this.#typedAt < TYPING_MS : this.#typedAt === 0) return;
    this.#typedAt = isTyping ? now : 0;
    this.#context.connection()?.notify({ type: 'typing', room_id: this.id, is_typing: isTyping });
  }

  info(): Promise<RoomInfo> {
    return this.#context.session.call({ method: 'GET', path: this.#path('') });
  }

  /** Messages, at most 100: the newest, those before or after a `seq`, or around one. */
  history(
    options: { beforeSeq?: number; afterSeq?: number; aroundSeq?: number; limit?: number } = {},
  ): Promise<HistoryPage> {
    const query = new URLSearchParams();
    if (options.beforeSeq !== undefined) query.set('before_seq', String(options.beforeSeq));
    if (options.afterSeq !== undefined) query.set('after_seq', String(options.afterSeq));
    if (options.aroundSeq !== undefined) query.set('around_seq', String(options.aroundSeq));
    if (options.limit !== undefined) query.set('limit', String(options.limit));
    return this.#context.session.call({ method: 'GET', path: this.#path(`messages/?${query}`) });
  }

  edit(messageId: string, content: string): Promise<Message> {
    return this.#context.session.call({
      method: 'PATCH',
      path: this.#path(`messages/${encodeURIComponent(messageId)}/`),
      body: { content },
    });
  }

  delete(messageId: string): Promise<void> {
    return this.#context.session.call({
      method: 'DELETE',
      path: this.#path(`messages/${encodeURIComponent(messageId)}/`),
    });
  }

  react(messageId: string, emoji: string): Promise<void> {
    return this.#context.session.call({ method: 'PUT', path: this.#reaction(messageId, emoji) });
  }

  unreact(messageId: string, emoji: string): Promise<void> {
    return this.#context.session.call({ method: 'DELETE', path: this.#reaction(messageId, emoji) });
  }

  /** @internal */
  emit<K extends keyof RoomEvents>(name: K, value: RoomEvents[K]): void {
    this.#emitter.emit(name, value);
  }

  /** @internal What went wrong where nobody waits for it. */
  report(error: unknown): void {
    this.#onError(error);
  }

  /** @internal Before something that has failed so many times is tried again. */
  pause(failures: number): Promise<void> {
    const { clock, random } = this.#context.platform;
    return new Promise((resolve) => clock.setTimeout(resolve, backoff(random, failures, 250, 15_000)));
  }

  #reaction(messageId: string, emoji: string): string {
    return this.#path(`messages/${encodeURIComponent(messageId)}/reactions/${encodeURIComponent(emoji)}/`);
  }

  #path(rest: string): string {
    return `/chat/rooms/${encodeURIComponent(this.id)}/${rest}`;
  }
}
