import { ParleyError } from '../http/error.js';
import type { Platform } from '../platform/platform.js';
import type { Session } from '../session/session.js';
import { backoff } from '../socket/backoff.js';
import { errorOf, type Answer, type Connection } from '../socket/connection.js';
import type { Resumed, RoomEvent } from '../socket/frames.js';
import { ReadCursor } from './read-cursor.js';
import type { Room } from './room.js';
import { RoomLog, type EventsPage, type Position, type Start } from './room-log.js';

/** Rooms in one frame, as the server takes them. */
const BATCH = 100;

interface Followed {
  readonly room: Room;
  readonly log: RoomLog;
  /** `wanted`: a frame is to be sent. `replaying`: acked, until `resumed`. `gone`: until the room is added again. */
  state: 'wanted' | 'asked' | 'replaying' | 'live' | 'gone';
  removalTold: boolean;
  /** The server wants, or its trouble suggests, that it is not asked for before. */
  notBefore: number;
}

export interface SubscriptionsSetup {
  readonly platform: Platform;
  readonly session: Session;
  /** More missed events than this are not read over REST. */
  readonly catchUpLimit: number;
  /** An event was told to its room. */
  readonly onEvent: (event: RoomEvent) => void;
  readonly onError: (error: unknown) => void;
}

/** The rooms that are followed, over whatever connection there is: each goes on where it was. */
export class Subscriptions {
  readonly #setup: SubscriptionsSetup;
  readonly #followed = new Map<string, Followed>();
  readonly #cursors = new Map<string, ReadCursor>();
  #connection: Connection | null = null;
  #flushTimer: unknown = null;
  #failures = 0;
  #settled: (() => void) | null = null;

  constructor(setup: SubscriptionsSetup) {
    this.#setup = setup;
  }

  follow(room: Room, after: Start | null): void {
    if (this.#followed.has(room.id)) return;
    const log = this.#newLog(room, after);
    this.#followed.set(room.id, { room, state: 'wanted', removalTold: false, notBefore: 0, log });
    this.#plan();
  }

  unfollow(room: Room): void {
    const followed = this.#followed.get(room.id);
    if (!followed) return;
    followed.log.close();
    this.#followed.delete(room.id);
    const asked = followed.state !== 'wanted' && followed.state !== 'gone';
    if (asked) this.#connection?.request({ type: 'unsubscribe', room_id: room.id }, () => {});
  }

  position(room: Room): Position | null {
    return this.#followed.get(room.id)?.log.position ?? null;
  }

  markRead(room: Room, seq: number): void {
    let cursor = this.#cursors.get(room.id);
    if (cursor === undefined) {
      cursor = new ReadCursor(this.#setup.platform, room.id, (state) => room.emit('marked', state));
      cursor.attach(this.#connection);
      this.#cursors.set(room.id, cursor);
    }
    cursor.mark(seq);
  }

  /** Goes on over this connection. `settled` is called once every room has had its replay. */
  attach(connection: Connection, settled: () => void): void {
    this.#connection = connection;
    this.#settled = settled;
    this.#failures = 0;
    // Also what was gone: nobody is told over a connection that was not there that he was added again.
    for (const followed of this.#followed.values()) {
      followed.state = 'wanted';
      followed.notBefore = 0;
    }
    this.#flush();
    this.#settle();
    for (const cursor of this.#cursors.values()) cursor.attach(connection);
  }

  detach(): void {
    this.#connection = null;
    this.#settled = null;
    for (const cursor of this.#cursors.values()) cursor.attach(null);
  }

  /** From any connection: what a connection that is being left tells is as good. */
  event(event: RoomEvent): void {
    this.#followed.get(event.room_id)?.log.take(event);
  }

  resumed(frame: Resumed): void {
    const followed = this.#followed.get(frame.room_id);
    if (!followed) return;
    followed.log.resumed(frame);
    this.#live(followed);
  }

  /** Told at least once, perhaps late: the server is asked whether it is so. */
  removed(roomId: string): void {
    const followed = this.#followed.get(roomId);
    if (!followed || followed.state === 'gone') return;
    followed.state = 'wanted';
    this.#plan();
  }

  /** Told at least once; a room that is followed already is not asked for again. */
  added(roomId: string): void {
    const followed = this.#followed.get(roomId);
    if (followed?.state !== 'gone') return;
    followed.state = 'wanted';
    this.#plan();
  }

  close(): void {
    this.detach();
    this.#setup.platform.clock.clearTimeout(this.#flushTimer);
    for (const { log } of this.#followed.values()) log.close();
  }

  #newLog(room: Room, after: Start | null): RoomLog {
    const { platform, session, catchUpLimit, onEvent, onError } = this.#setup;
    const path = `/chat/rooms/${encodeURIComponent(room.id)}/events/`;
    return new RoomLog(
      platform,
      after,
      catchUpLimit,
      (afterSeq, limit) =>
        session.call<EventsPage>({ method: 'GET', path: `${path}?after_seq=${afterSeq}&limit=${limit}` }),
      {
        event: (event) => {
          onEvent(event);
          room.emit('event', event);
        },
        reload: (reload) => room.emit('reload', reload),
        gone: () => this.removed(room.id),
        error: onError,
      },
    );
  }

  /** One timer, for the room that may be asked for first. */
  #plan(): void {
    const { clock } = this.#setup.platform;
    clock.clearTimeout(this.#flushTimer);
    let first = Number.POSITIVE_INFINITY;
    for (const { state, notBefore } of this.#followed.values())
      if (state === 'wanted') first = Math.min(first, notBefore);
    if (first === Number.POSITIVE_INFINITY) return;
    this.#flushTimer = clock.setTimeout(() => this.#flush(), Math.max(0, first - clock.now()));
  }

  #flush(): void {
    const connection = this.#connection;
    if (connection === null) return;
    const now = this.#setup.platform.clock.now();
    const wanted = [...this.#followed.values()].filter(
      ({ state, notBefore }) => state === 'wanted' && notBefore <= now,
    );
    for (let start = 0; start < wanted.length; start += BATCH)
      this.#ask(connection, wanted.slice(start, start + BATCH));
    this.#plan();
  }

  #ask(connection: Connection, batch: Followed[]): void {
    const rooms = batch.map(({ room, log: { start } }) => ({
      room_id: room.id,
      ...(start === null ? {} : { after_seq: start.seq }),
      ...(start?.logEpoch === undefined ? {} : { log_epoch: start.logEpoch }),
    }));
    for (const followed of batch) followed.state = 'asked';
    connection.request({ type: 'subscribe', rooms }, (answer) => {
      if (answer !== 'lost' && connection === this.#connection) this.#answered(batch, answer);
    });
  }

  #answered(batch: Followed[], answer: Exclude<Answer, 'lost'>): void {
    const asked = new Map(
      batch.filter((followed) => this.#isAsked(followed)).map((followed) => [followed.room.id, followed]),
    );
    if (answer.type === 'error') {
      const error = errorOf(answer);
      if (error.retryable) this.#later([...asked.values()], error.retryAfterMs);
      else for (const followed of asked.values()) this.#refused(followed, error);
      return;
    }
    for (const subscribed of answer.rooms ?? []) {
      const followed = asked.get(subscribed.room_id);
      if (!followed) continue;
      const resumes = followed.log.start !== null;
      followed.log.subscribed(subscribed);
      followed.removalTold = false;
      // An ack without a replay, of a room that the server follows already, leaves it at 'replaying': as good as live.
      followed.state = 'replaying';
      if (!resumes) this.#live(followed);
    }
    const later: Followed[] = [];
    for (const { room_id, code } of answer.errors ?? []) {
      const followed = asked.get(room_id);
      if (!followed) continue;
      const retryable = code === 'unavailable' || code === 'internal' || code === 'rate_limited';
      if (retryable) later.push(followed);
      else this.#refused(followed, new ParleyError({ code, detail: `Room ${room_id} cannot be followed` }));
    }
    if (later.length > 0) this.#later(later, undefined);
    else this.#failures = 0;
    this.#settle();
  }

  #isAsked(followed: Followed): boolean {
    return followed.state === 'asked' && this.#followed.get(followed.room.id) === followed;
  }

  #later(batch: readonly Followed[], afterMs: number | undefined): void {
    const { clock, random } = this.#setup.platform;
    const notBefore = clock.now() + (afterMs ?? backoff(random, ++this.#failures, 250, 10_000));
    for (const followed of batch) {
      followed.state = 'wanted';
      followed.notBefore = notBefore;
    }
    this.#plan();
  }

  #refused(followed: Followed, error: ParleyError): void {
    followed.state = 'gone';
    if (!followed.removalTold) {
      followed.removalTold = true;
      if (error.code === 'room_not_found') followed.room.emit('removed', { roomId: followed.room.id });
      else this.#setup.onError(error);
    }
    this.#settle();
  }

  #live(followed: Followed): void {
    followed.state = 'live';
    const { position } = followed.log;
    if (position) followed.room.emit('live', position);
    this.#settle();
  }

  #settle(): void {
    const busy = [...this.#followed.values()].some(({ state }) => state !== 'live' && state !== 'gone');
    if (busy || this.#settled === null) return;
    this.#settled();
    this.#settled = null;
  }
}
