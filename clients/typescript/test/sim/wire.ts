import type { WebSocketLike } from '../../src/platform/platform.js';
import type { Dice, SimClock } from './sim.js';

/** What the server holds of a socket. */
export interface ServerEnd {
  onText: (text: string) => void;
  send(text: string): void;
  close(code: number): void;
  /** Breaks it: what is under way in either direction is lost; the client hears of it, now or never. */
  cut(): void;
  /** Breaks it, and the client never hears of it. */
  vanish(): void;
}

/** A WebSocket over simulated time: each direction keeps its order and has its delays. */
export class SimSocket implements WebSocketLike {
  readyState = 0;
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  readonly #clock: SimClock;
  readonly #dice: Dice;
  readonly #alive: () => boolean;
  #toServer = 0;
  #toClient = 0;
  #broken = false;
  readonly server: ServerEnd = {
    onText: () => {},
    send: (text) => this.#deliver(() => this.onmessage?.({ data: text })),
    close: (code) => {
      this.#deliver(() => this.#closed(code));
      this.#broken = true;
    },
    cut: () => this.#cut(),
    vanish: () => {
      this.#broken = this.#lost = true;
    },
  };

  /** @param alive whether the page that made it is still there */
  constructor(clock: SimClock, dice: Dice, alive: () => boolean) {
    this.#clock = clock;
    this.#dice = dice;
    this.#alive = alive;
  }

  accept(): void {
    this.readyState = 1;
  }

  /** Told to a page as 1006, whatever the status was. */
  refuse(): void {
    this.#deliver(() => this.#closed(1006));
    this.#broken = true;
  }

  send(text: string): void {
    if (this.#broken || this.readyState !== 1) return;
    this.#toServer = this.#arrival(this.#toServer);
    this.#clock.after(this.#toServer - this.#clock.now(), () => {
      if (!this.#broken) this.server.onText(text);
    });
  }

  close(): void {
    this.readyState = 3;
    this.#clientGone();
  }

  onClientGone: () => void = () => {};

  #clientGone(): void {
    this.#clock.after(this.#dice.int(1, 40), () => {
      this.#broken = true;
      this.onClientGone();
    });
  }

  #deliver(what: () => void): void {
    if (this.#broken) return;
    this.#toClient = this.#arrival(this.#toClient);
    const at = this.#toClient - this.#clock.now();
    this.#clock.after(at, () => {
      if (!this.#lost && this.#alive() && this.readyState !== 3) what();
    });
  }

  #lost = false;

  #cut(): void {
    if (this.#broken) return;
    this.#broken = true;
    // From a moment on nothing arrives any more.
    this.#clock.after(this.#dice.int(0, 60), () => {
      this.#lost = true;
      // A dead TCP connection is silent; a reset one is not.
      if (this.#dice.chance(0.8)) this.#closed(1006);
    });
  }

  #closed(code: number): void {
    if (this.readyState === 3 || !this.#alive()) return;
    this.readyState = 3;
    this.onclose?.({ code, reason: '' });
  }

  #arrival(last: number): number {
    return Math.max(last, this.#clock.now() + this.#dice.int(1, this.#dice.chance(0.05) ? 400 : 40));
  }
}
