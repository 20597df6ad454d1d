/** A message that is not known to be stored, as it is kept. Plain JSON. */
export interface StoredMessage {
  readonly userId: string;
  readonly roomId: string;
  readonly clientMessageId: string;
  readonly content: string;
  readonly replyToId?: string;
  /** When it was written, by this machine's clock. Orders nothing. */
  readonly createdAt: number;
  /** Rises with each message of this storage; messages of a room are sent in this order. */
  readonly order: number;
  /** The client (tab) that sends it, for as long as that one lives. */
  readonly owner: string;
  /** Why the server does not take it; it waits for somebody to decide. */
  readonly refused?: { readonly code: string; readonly detail: string };
}

/**
 * Where unsent messages survive a reload. A message counts as written when `put` has returned, or its promise resolves;
 * only then it is sent. A failing storage is reported, and the message is sent all the same.
 */
export interface OutboxStorage {
  load(): readonly StoredMessage[] | Promise<readonly StoredMessage[]>;
  /** Adds it, or replaces the one of the same `clientMessageId` and room. */
  put(message: StoredMessage): void | Promise<void>;
  /** Does nothing when it is not there. */
  remove(message: StoredMessage): void | Promise<void>;
}

/** Two messages are the same when user, room and id are. */
export function keyOf(message: StoredMessage): string {
  return `${message.userId}:${message.roomId}:${message.clientMessageId}`;
}

/** Forgets with the page, or the process. */
export class MemoryOutboxStorage implements OutboxStorage {
  readonly #messages = new Map<string, StoredMessage>();

  load(): readonly StoredMessage[] {
    return [...this.#messages.values()];
  }

  put(message: StoredMessage): void {
    this.#messages.set(keyOf(message), message);
  }

  remove(message: StoredMessage): void {
    this.#messages.delete(keyOf(message));
  }
}

/** In `localStorage` (about 5 MB an origin), an entry a message. Synchronous: no message is lost by a reload. */
export class WebOutboxStorage implements OutboxStorage {
  readonly #storage: Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;
  readonly #prefix: string;

  constructor(
    storage: Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'> = localStorage,
    prefix = 'parley:outbox:',
  ) {
    this.#storage = storage;
    this.#prefix = prefix;
  }

  load(): readonly StoredMessage[] {
    const messages: StoredMessage[] = [];
    for (let i = 0; i < this.#storage.length; i++) {
      const key = this.#storage.key(i);
      if (key === null || !key.startsWith(this.#prefix)) continue;
      const message = readStored(this.#storage.getItem(key));
      if (message) messages.push(message);
    }
    return messages;
  }

  put(message: StoredMessage): void {
    this.#storage.setItem(this.#prefix + keyOf(message), JSON.stringify(message));
  }

  remove(message: StoredMessage): void {
    this.#storage.removeItem(this.#prefix + keyOf(message));
  }
}

/** What was written by {@link WebOutboxStorage} or alike; `null` for anything else. */
export function readStored(text: string | null): StoredMessage | null {
  try {
    const value = JSON.parse(text ?? 'null') as StoredMessage | null;
    const isMessage =
      typeof value?.userId === 'string' &&
      typeof value.roomId === 'string' &&
      typeof value.clientMessageId === 'string' &&
      typeof value.content === 'string' &&
      typeof value.order === 'number';
    return isMessage ? value : null;
  } catch {
    return null;
  }
}
