import type { Dice } from './sim.js';

/** How bad things are. Quiet until it is told otherwise, and again at the end of a history. */
export class Chaos {
  readonly #dice: Dice;
  level = 0;
  /** Small, so that `complete: false` happens. */
  replayLimit = 10_000;
  pageSize = 500;
  /** The next so many answers over HTTP get lost, after they were made. */
  loseAnswers = 0;
  /** The next so many answers over HTTP never come, after they were made, and nobody says so. */
  withholdAnswers = 0;
  /** What a proxy says instead of the next answers over HTTP, after they were made: statuses, with a page for people. */
  readonly proxyStatuses: number[] = [];
  /** What a proxy says to everything over HTTP, without asking the server; `null` when it passes on. */
  proxyRefusal: number | null = null;
  /** How much later answers over HTTP come. */
  lateMs = 0;
  /** The next so many sends are over the rate. */
  limitNext = 0;
  /** The next subscriptions are over the rate, and told to wait so long. */
  readonly subscribeWaits: number[] = [];
  /** Acks of sends get lost, though the connection lives. */
  loseAcks = false;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  losesRequest(): boolean {
    return this.#dice.chance(0.06 * this.level);
  }

  losesAnswer(): boolean {
    return this.loseAnswers > 0 ? this.loseAnswers-- > 0 : this.losesRequest();
  }

  withholdsAnswer(): boolean {
    return this.withholdAnswers > 0 && this.withholdAnswers-- > 0;
  }

  unavailable(): boolean {
    return this.#dice.chance(0.06 * this.level);
  }

  refusesUpgrade(): boolean {
    return this.#dice.chance(0.15 * this.level);
  }

  rateLimit(): number | null {
    if (this.limitNext > 0) return this.limitNext-- * 100;
    return this.#dice.chance(0.1 * this.level) ? this.#dice.int(100, 2_000) : null;
  }

  commitMs(): number {
    return this.#dice.int(1, this.#dice.chance(0.1 * this.level) ? 6_000 : 30);
  }

  answerMs(): number {
    return this.#dice.int(0, 60);
  }

  relayMs(): number {
    return this.#dice.int(0, this.#dice.chance(0.1 * this.level) ? 1_500 : 30);
  }

  partSize(): number {
    return this.#dice.int(1, 8);
  }
}
