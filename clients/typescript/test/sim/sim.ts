/** Seeded randomness: the same seed, the same numbers (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** From `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(all: readonly T[]): T {
    return all[this.int(0, all.length - 1)] as T;
  }
}

interface Task {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** Time that passes only when everybody waits. Tasks of the same moment run in the order in which they were planned. */
export class SimClock {
  #now = Date.UTC(2026, 10, 25);
  #order = 0;
  /** A binary heap. */
  readonly #tasks: Task[] = [];
  readonly #cancelled = new Set<Task>();

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): Task {
    const task = { at: this.#now + Math.max(0, ms), order: this.#order++, run };
    this.#push(task);
    return task;
  }

  cancel(task: unknown): void {
    if (task) this.#cancelled.add(task as Task);
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Lets time pass until the condition holds. `false`: it did not within `limitMs`. */
  async runUntil(condition: () => boolean, limitMs: number): Promise<boolean> {
    const end = this.#now + limitMs;
    for (;;) {
      await drained();
      if (condition()) return true;
      const task = this.#pop();
      if (task === undefined || task.at > end) {
        if (task) this.#push(task);
        this.#now = Math.max(this.#now, end);
        return condition();
      }
      if (this.#cancelled.delete(task)) continue;
      this.#now = task.at;
      task.run();
    }
  }

  #push(task: Task): void {
    let at = this.#tasks.push(task) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (before(this.#tasks[parent]!, task)) break;
      this.#tasks[at] = this.#tasks[parent]!;
      at = parent;
    }
    this.#tasks[at] = task;
  }

  #pop(): Task | undefined {
    const first = this.#tasks[0];
    const last = this.#tasks.pop();
    if (first === undefined || last === undefined || first === last) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#tasks.length) break;
      if (child + 1 < this.#tasks.length && before(this.#tasks[child + 1]!, this.#tasks[child]!)) child++;
      if (before(last, this.#tasks[child]!)) break;
      this.#tasks[at] = this.#tasks[child]!;
      at = child;
    }
    this.#tasks[at] = last;
    return first;
  }
}

function before(a: Task, b: Task): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** After all promises that can go on without time have done so. */
function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
