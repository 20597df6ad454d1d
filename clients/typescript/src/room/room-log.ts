import { ParleyError } from '../http/error.js';
import type { Platform } from '../platform/platform.js';
import { backoff } from '../socket/backoff.js';
import { readRoomEvent, type Resumed, type RoomEvent, type SubscribedRoom } from '../socket/frames.js';

/** How far somebody has read a room's log: everything up to and with `seq`. */
export interface Position {
  readonly seq: number;
  /** Changes when the server was restored from a backup: then numbers may mean other events. */
  readonly logEpoch: number;
}

/** Where to begin. Without an epoch it is taken for the present one. */
export interface Start {
  readonly seq: number;
  readonly logEpoch?: number;
}

/** None that a server has. */
const UNKNOWN_EPOCH = 0;

/** Events were skipped: read the room again over REST. Live events go on behind `position`. */
export interface Reload {
  /** `epoch`: the log was restored from a backup, what was read may be gone. `too far behind`: more than the limit. */
  readonly reason: 'epoch' | 'too far behind';
  readonly position: Position;
}

export interface EventsPage {
  readonly items: ReadonlyArray<Record<string, unknown>>;
  readonly last_seq: number;
  readonly log_epoch: number;
}

export interface RoomLogListener {
  event(event: RoomEvent): void;
  reload(reload: Reload): void;
  /** The room is not the user's any more, told by the answer to a REST call. */
  gone(): void;
  error(error: unknown): void;
}

const PAGE = 500;

/**
 * A room's log as the application sees it: each event once, in order, none missing, whatever connections do.
 *
 * What is not the next event is either a repeat, and dropped, or behind a gap: then nothing is taken from the socket
 * until the log has been read over REST up to there. So there is nothing to hold, and no bound to choose.
 */
export class RoomLog {
  readonly #platform: Platform;
  readonly #read: (afterSeq: number, limit: number) => Promise<EventsPage>;
  readonly #limit: number;
  readonly #listener: RoomLogListener;
  #position: Position | null;
  /** The furthest event that is known to exist beyond a gap. */
  #target = 0;
  #filling = false;
  #closed = false;

  /** @param limit more events than this are not read over REST: a {@link Reload} tells of them */
  constructor(
    platform: Platform,
    start: Start | null,
    limit: number,
    read: (afterSeq: number, limit: number) => Promise<EventsPage>,
    listener: RoomLogListener,
  ) {
    this.#platform = platform;
    this.#position = start && { seq: start.seq, logEpoch: start.logEpoch ?? UNKNOWN_EPOCH };
    this.#limit = limit;
    this.#read = read;
    this.#listener = listener;
  }

  /** `null` until the first subscription was answered. */
  get position(): Position | null {
    return this.#position?.logEpoch === UNKNOWN_EPOCH ? null : this.#position;
  }

  /** What a subscription asks for; `null` to begin with what happens from now on. */
  get start(): Start | null {
    if (this.#position === null) return null;
    const { seq, logEpoch } = this.#position;
    return logEpoch === UNKNOWN_EPOCH ? { seq } : { seq, logEpoch };
  }

  /** Whether events are missing that exist. */
  get isFilling(): boolean {
    return this.#filling;
  }

  close(): void {
    this.#closed = true;
  }

  /** The answer to a subscription: without a position the log starts here. */
  subscribed({ last_seq, log_epoch }: SubscribedRoom): void {
    if (this.#position?.logEpoch === UNKNOWN_EPOCH) this.#position = { seq: this.#position.seq, logEpoch: log_epoch };
    this.#position ??= { seq: last_seq, logEpoch: log_epoch };
  }

  /** The end of a replay. */
  resumed({ complete, from_seq, last_seq, log_epoch }: Resumed): void {
    if (complete || this.#position === null) return;
    // Compared with what was asked for: the connection that is being left may have told more since.
    if (log_epoch !== this.#position.logEpoch || last_seq < from_seq - 1) {
      this.#reload('epoch', last_seq, log_epoch);
    } else if (last_seq - this.#position.seq > this.#limit) {
      this.#reload('too far behind', last_seq, log_epoch);
    } else {
      this.#missing(last_seq);
    }
  }

  /** An event from a socket. */
  take(event: RoomEvent): void {
    if (this.#position === null || this.#closed || event.seq <= this.#position.seq) return;
    if (event.seq === this.#position.seq + 1) this.#deliver(event);
    else this.#missing(event.seq);
  }

  #deliver(event: RoomEvent): void {
    if (this.#position === null) return;
    this.#position = { seq: event.seq, logEpoch: this.#position.logEpoch };
    this.#listener.event(event);
  }

  #missing(upTo: number): void {
    this.#target = Math.max(this.#target, upTo);
    if (this.#filling || this.#position === null || this.#target <= this.#position.seq) return;
    this.#filling = true;
    this.#fill()
      .catch((error: unknown) => this.#listener.error(error))
      .finally(() => (this.#filling = false));
  }

  async #fill(): Promise<void> {
    for (let failures = 0; !this.#closed && this.#position !== null && this.#position.seq < this.#target; ) {
      try {
        const after = this.#position.seq;
        const page = await this.#read(after, PAGE);
        if (this.#closed) return;
        failures = this.#took(page, after) ? 0 : failures + 1;
      } catch (error) {
        if (error instanceof ParleyError && error.code === 'room_not_found') {
          this.#listener.gone();
          return;
        }
        // A session that is over, and a client that is closed, end the log as well.
        if (!(error instanceof ParleyError) || !error.retryable) throw error;
        failures++;
      }
      if (failures > 0) await this.#sleep(backoff(this.#platform.random, failures, 250, 15_000));
    }
  }

  /** Whether the page brought the log further. */
  #took({ items, last_seq, log_epoch }: EventsPage, after: number): boolean {
    const before = this.#position;
    if (before === null) return false;
    if (log_epoch !== before.logEpoch || last_seq < after) {
      this.#reload('epoch', last_seq, log_epoch);
      return true;
    }
    for (const item of items) {
      const event = readRoomEvent(item);
      if (event && this.#position !== null && event.seq === this.#position.seq + 1) this.#deliver(event);
      if (this.#closed) return true;
    }
    return this.#position !== before;
  }

  #reload(reason: Reload['reason'], seq: number, logEpoch: number): void {
    this.#position = { seq, logEpoch };
    // Numbers of another epoch are none to wait for.
    this.#target = reason === 'epoch' ? seq : this.#target;
    this.#listener.reload({ reason, position: this.#position });
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.#platform.clock.setTimeout(resolve, ms));
  }
}
