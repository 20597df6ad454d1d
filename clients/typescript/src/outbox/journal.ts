import { keyOf, type OutboxStorage, type StoredMessage } from './storage.js';

/**
 * Writes to the storage, the changes of one message in order. A storage without promises takes no time, one that fails is
 * reported and held for having written: a message is rather sent than kept back.
 */
export class Journal {
  readonly #storage: OutboxStorage;
  readonly #written: (record: StoredMessage) => void;
  readonly #onError: (error: unknown) => void;
  readonly #writes = new Map<string, Promise<void>>();

  /** @param written is called when a message that was being written is written */
  constructor(storage: OutboxStorage, written: (record: StoredMessage) => void, onError: (error: unknown) => void) {
    this.#storage = storage;
    this.#written = written;
    this.#onError = onError;
  }

  put(record: StoredMessage): void {
    this.#change(record, () => this.#storage.put(record));
  }

  remove(record: StoredMessage): void {
    this.#change(record, () => this.#storage.remove(record));
  }

  isWriting(record: StoredMessage): boolean {
    return this.#writes.has(keyOf(record));
  }

  /** Resolves when everything up to now is written. */
  async written(): Promise<void> {
    await Promise.all(this.#writes.values());
  }

  #change(record: StoredMessage, change: () => void | Promise<void>): void {
    const key = keyOf(record);
    const before = this.#writes.get(key);
    try {
      const writing = before ? before.then(change) : change();
      if (writing === undefined) return;
      const settled = writing.catch(this.#onError).then(() => {
        if (this.#writes.get(key) !== settled) return;
        this.#writes.delete(key);
        this.#written(record);
      });
      this.#writes.set(key, settled);
    } catch (error) {
      this.#onError(error);
    }
  }
}
