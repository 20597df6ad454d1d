import type { ParleyError } from '../http/error.js';
import type { StoredMessage } from './storage.js';

/**
 * `queued`: waits for its turn, or a connection. `sent`: under way, not known whether it is stored. `stored`: in the
 * room's log. `refused`: the server will not take it, see `error`; retry or discard it. `discarded`: given up.
 */
export type SendState = 'queued' | 'sent' | 'stored' | 'refused' | 'discarded';

/** Where a message stands once it is stored. */
export interface Stored {
  readonly seq: number;
  readonly messageId: string;
  /** The server's time, RFC 3339. */
  readonly timestamp: string;
}

/** A message of this client from the moment when it was written: what an optimistic list shows. */
export class Outgoing {
  readonly roomId: string;
  /** The event that stores it carries the same. */
  readonly clientMessageId: string;
  readonly content: string;
  readonly replyToId: string | undefined;
  /** By this machine's clock. */
  readonly createdAt: number;
  /** @internal */
  record: StoredMessage;
  #state: SendState = 'queued';
  #stored: Stored | undefined;
  #error: ParleyError | undefined;
  #waiting: Array<{ resolve: (stored: Stored) => void; reject: (error: ParleyError) => void }> = [];

  /** @internal */
  constructor(record: StoredMessage) {
    this.record = record;
    this.roomId = record.roomId;
    this.clientMessageId = record.clientMessageId;
    this.content = record.content;
    this.replyToId = record.replyToId;
    this.createdAt = record.createdAt;
  }

  get state(): SendState {
    return this.#state;
  }

  /** Set in the state `stored`. */
  get stored(): Stored | undefined {
    return this.#stored;
  }

  /** Set in the state `refused`. */
  get error(): ParleyError | undefined {
    return this.#error;
  }

  /** Resolves when the message is stored, however long that takes; rejects when it is refused or discarded. */
  whenStored(): Promise<Stored> {
    if (this.#stored) return Promise.resolve(this.#stored);
    if (this.#error) return Promise.reject(this.#error);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** @internal */
  turn(state: 'queued' | 'sent'): void {
    this.#state = state;
    this.#error = undefined;
  }

  /** @internal */
  store(stored: Stored): void {
    this.#state = 'stored';
    this.#stored = stored;
    this.#error = undefined;
    for (const { resolve } of this.#waiting.splice(0)) resolve(stored);
  }

  /** @internal */
  fail(state: 'refused' | 'discarded', error: ParleyError): void {
    this.#state = state;
    this.#error = error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
