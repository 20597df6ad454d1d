import type { Dice } from './sim.js';

/** How bad things are. Quiet until it is told otherwise, and again at the end of a history. */
export class Chaos {
  readonly #dice: Dice;
  level = 0;
  /** Small, so that `complete: false` happens. */
  replayLimit = 10_000;
  pageSize = 500;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  losesRequest(): boolean {
    return this.#dice.chance(0.06 * this.level);
  }

  unavailable(): boolean {
    return this.#dice.chance(0.06 * this.level);
  }

  refusesUpgrade(): boolean {
    return this.#dice.chance(0.15 * this.level);
  }

  rateLimit(): number | null {
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
