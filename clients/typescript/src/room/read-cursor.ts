import type { Platform } from '../platform/platform.js';
import { backoff } from '../socket/backoff.js';
import { errorOf, type Connection } from '../socket/connection.js';

/** How far the user has read, as the server has it. */
export interface ReadState {
  readonly lastReadSeq: number;
  readonly unreadCount: number;
}

/** The user's cursor in one room: the furthest wish counts, one frame is under way, a cut repeats it. */
export class ReadCursor {
  readonly #platform: Platform;
  readonly #roomId: string;
  readonly #done: (state: ReadState) => void;
  #connection: Connection | null = null;
  #wish = 0;
  #confirmed = 0;
  #busy: Connection | null = null;
  #failures = 0;

  constructor(platform: Platform, roomId: string, done: (state: ReadState) => void) {
    this.#platform = platform;
    this.#roomId = roomId;
    this.#done = done;
  }

  mark(seq: number): void {
    this.#wish = Math.max(this.#wish, seq);
    this.#send();
  }

  attach(connection: Connection | null): void {
    this.#connection = connection;
    this.#send();
  }

  #send(): void {
    const connection = this.#connection;
    if (connection === null || this.#wish <= this.#confirmed || this.#busy === connection) return;
    const seq = this.#wish;
    this.#busy = connection;
    connection.request({ type: 'read', room_id: this.#roomId, seq }, (answer) => {
      if (this.#busy === connection) this.#busy = null;
      if (answer === 'lost') return;
      if (answer.type === 'ack') {
        this.#failures = 0;
        this.#confirmed = Math.max(this.#confirmed, seq);
        this.#done({ lastReadSeq: answer.last_read_seq ?? seq, unreadCount: answer.unread_count ?? 0 });
        this.#send();
        return;
      }
      const error = errorOf(answer);
      if (!error.retryable) {
        this.#confirmed = Math.max(this.#confirmed, seq);
        return;
      }
      const wait = error.retryAfterMs ?? backoff(this.#platform.random, ++this.#failures, 250, 10_000);
      this.#platform.clock.setTimeout(() => this.#send(), wait);
    });
  }
}
