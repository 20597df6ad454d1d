import { ParleyError } from '../http/error.js';
import type { Platform, WebSocketLike } from '../platform/platform.js';
import { readFrame, type Ack, type ClientFrame, type ErrorFrame, type Hello, type ServerFrame } from './frames.js';

/** From the constructor to `hello`. */
const OPEN_LIMIT_MS = 15_000;

/** The server answers within 30 s. */
const ANSWER_LIMIT_MS = 40_000;

/** After a `ping`, for a `pong` or anything else. */
const PONG_LIMIT_MS = 10_000;

/** Sub-protocols, the dearest first; without the first one a frame has one object. */
const PROTOCOLS = ['chat.v1.ndjson', 'chat.v1'];

const OPEN = 1;

/** How a socket ended: 1006 also when it was given up by this side. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
}

export interface ConnectionListener {
  hello(hello: Hello): void;
  /** Everything but `hello`, `pong`, and answers to requests. */
  frame(frame: ServerFrame): void;
  /** Once, after the requests under way have been told. */
  closed(closed: Closed): void;
}

export type Answer = Ack | ErrorFrame | 'lost';

/**
 * One WebSocket from its opening to its end.
 *
 * It pings at the server's heartbeat and gives itself up when nothing comes back: a dead TCP connection tells nobody.
 * Answers are told synchronously, before the next frame is looked at: an `ack` of a subscription comes before that
 * room's first event.
 */
export class Connection {
  readonly #platform: Platform;
  readonly #socket: WebSocketLike;
  readonly #listener: ConnectionListener;
  readonly #answers = new Map<string, { done: (answer: Answer) => void; timer: unknown }>();
  #hello: Hello | null = null;
  #timer: unknown;
  #pongTimer: unknown = null;
  #nextId = 1;
  #ended = false;

  constructor(platform: Platform, url: string, listener: ConnectionListener) {
    this.#platform = platform;
    this.#listener = listener;
    this.#timer = platform.clock.setTimeout(() => this.abandon('no hello in time'), OPEN_LIMIT_MS);
    this.#socket = new platform.WebSocket(url, PROTOCOLS);
    this.#socket.onmessage = ({ data }) => this.#read(data);
    this.#socket.onerror = () => {};
    this.#socket.onclose = ({ code, reason }) => this.#end({ code, reason });
  }

  /** `null` until it has come. */
  get hello(): Hello | null {
    return this.#hello;
  }

  get isOpen(): boolean {
    return !this.#ended && this.#hello !== null;
  }

  /** Sends a frame and tells its answer, once; `lost` when the connection ends first, or nothing comes in 40 s. */
  request(frame: ClientFrame, done: (answer: Answer) => void): void {
    if (!this.isOpen) {
      done('lost');
      return;
    }
    const id = String(this.#nextId++);
    const timer = this.#platform.clock.setTimeout(() => this.abandon('no answer in time'), ANSWER_LIMIT_MS);
    this.#answers.set(id, { done, timer });
    this.#write({ id, ...frame });
  }

  /** As {@link request}, as a promise: it is told after what came in the same frame. */
  ask(frame: ClientFrame): Promise<Ack> {
    return new Promise((resolve, reject) => {
      this.request(frame, (answer) => {
        if (answer === 'lost') reject(new ParleyError({ code: 'connection_lost', retryable: true }));
        else if (answer.type === 'ack') resolve(answer);
        else reject(errorOf(answer));
      });
    });
  }

  /** Sends a frame that wants no answer; nothing when the connection is not open. */
  notify(frame: ClientFrame): void {
    if (this.isOpen) this.#write(frame);
  }

  /** Asks now whether the other side is there: after a sleep, or when the network came back. */
  probe(): void {
    if (!this.isOpen || this.#pongTimer !== null) return;
    this.#pongTimer = this.#platform.clock.setTimeout(() => this.abandon('no pong'), PONG_LIMIT_MS);
    this.#write({ type: 'ping' });
  }

  /** Closes in good order; the listener hears nothing any more. */
  close(): void {
    if (this.#ended) return;
    this.#finish();
    this.#closeSocket(1000);
  }

  /** Gives the connection up as if it had broken. */
  abandon(reason: string): void {
    if (this.#ended) return;
    this.#closeSocket(4000);
    this.#end({ code: 1006, reason });
  }

  #read(data: unknown): void {
    if (this.#ended || typeof data !== 'string') return;
    this.#stopPongTimer();
    for (const line of data.split('\n')) {
      if (line === '') continue;
      const frame = readFrame(parse(line));
      if (frame) this.#take(frame);
      if (this.#ended) return;
    }
  }

  #take(frame: ServerFrame): void {
    switch (frame.type) {
      case 'hello':
        this.#hello = frame;
        this.#platform.clock.clearTimeout(this.#timer);
        this.#beat(frame.heartbeat_interval_ms);
        this.#listener.hello(frame);
        return;
      case 'pong':
        return;
      case 'ack':
      case 'error':
        if (!this.#answer(frame)) this.#listener.frame(frame);
        return;
      default:
        this.#listener.frame(frame);
    }
  }

  #answer(frame: Ack | ErrorFrame): boolean {
    const waiting = frame.id === undefined ? undefined : this.#answers.get(frame.id);
    if (frame.id === undefined || waiting === undefined) return false;
    this.#answers.delete(frame.id);
    this.#platform.clock.clearTimeout(waiting.timer);
    waiting.done(frame);
    return true;
  }

  #beat(intervalMs: number): void {
    this.#timer = this.#platform.clock.setTimeout(() => {
      this.probe();
      this.#beat(intervalMs);
    }, intervalMs);
  }

  #write(frame: object): void {
    if (this.#socket.readyState === OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #end(closed: Closed): void {
    if (this.#ended) return;
    this.#finish();
    this.#listener.closed(closed);
  }

  #finish(): void {
    this.#ended = true;
    this.#platform.clock.clearTimeout(this.#timer);
    this.#stopPongTimer();
    const waiting = [...this.#answers.values()];
    this.#answers.clear();
    for (const { done, timer } of waiting) {
      this.#platform.clock.clearTimeout(timer);
      done('lost');
    }
  }

  #stopPongTimer(): void {
    if (this.#pongTimer !== null) this.#platform.clock.clearTimeout(this.#pongTimer);
    this.#pongTimer = null;
  }

  #closeSocket(code: number): void {
    try {
      this.#socket.close(code);
    } catch {
      // Not open yet, or gone.
    }
  }
}

/** An `error` frame as what is thrown. */
export function errorOf(frame: ErrorFrame): ParleyError {
  return new ParleyError({
    code: frame.code,
    detail: frame.detail,
    retryable: frame.retryable === true || frame.code === 'rate_limited' || frame.code === 'unavailable',
    retryAfterMs: frame.retry_after_ms,
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
