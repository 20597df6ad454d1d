import { keyOf, type OutboxStorage, type StoredMessage } from './storage.js';

const STORE = 'messages';

/** In IndexedDB: more room than `localStorage`, and does not hold up the page. A message counts once it is written. */
export class IndexedDbOutboxStorage implements OutboxStorage {
  readonly #database: Promise<IDBDatabase>;

  constructor(name = 'parley-outbox') {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    this.#database = answer(opening);
    this.#database.catch(() => {});
  }

  async load(): Promise<readonly StoredMessage[]> {
    const database = await this.#database;
    return answer(database.transaction(STORE).objectStore(STORE).getAll() as IDBRequest<StoredMessage[]>);
  }

  put(message: StoredMessage): Promise<void> {
    return this.#write((store) => store.put(message, keyOf(message)));
  }

  remove(message: StoredMessage): Promise<void> {
    return this.#write((store) => store.delete(keyOf(message)));
  }

  async #write(change: (store: IDBObjectStore) => void): Promise<void> {
    const transaction = (await this.#database).transaction(STORE, 'readwrite');
    change(transaction.objectStore(STORE));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('IndexedDB failed'));
    });
  }
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}
