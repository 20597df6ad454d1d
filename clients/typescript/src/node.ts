/** Storages for Node: files that only their user can read. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { keyOf, readStored, type OutboxStorage, type StoredMessage } from './outbox/storage.js';
import type { SessionStore, StoredSession } from './session/store.js';

/** A session in a file (mode 600), replaced in one step. */
export class FileSessionStore implements SessionStore {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  load(): StoredSession | null {
    const text = read(this.#path);
    return text === null ? null : (JSON.parse(text) as StoredSession);
  }

  save(session: StoredSession): void {
    replace(this.#path, JSON.stringify(session));
  }

  clear(): void {
    rmSync(this.#path, { force: true });
  }
}

/** Unsent messages in a file, a line a message, replaced in one step. For one process at a time. */
export class FileOutboxStorage implements OutboxStorage {
  readonly #path: string;
  readonly #messages = new Map<string, StoredMessage>();

  constructor(path: string) {
    this.#path = path;
    for (const line of read(path)?.split('\n') ?? []) {
      const message = readStored(line === '' ? null : line);
      if (message) this.#messages.set(keyOf(message), message);
    }
  }

  load(): readonly StoredMessage[] {
    return [...this.#messages.values()];
  }

  put(message: StoredMessage): void {
    this.#messages.set(keyOf(message), message);
    this.#save();
  }

  remove(message: StoredMessage): void {
    if (this.#messages.delete(keyOf(message))) this.#save();
  }

  #save(): void {
    replace(this.#path, [...this.#messages.values()].map((message) => `${JSON.stringify(message)}\n`).join(''));
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function replace(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
