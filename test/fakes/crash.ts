/** The end of a process in the middle of its work: the n-th change does not happen, and none after it. */
export class Crash {
  readonly #after: number;
  #changes = 0;

  constructor(after = Number.POSITIVE_INFINITY) {
    this.#after = after;
  }

  get happened(): boolean {
    return this.#changes > this.#after;
  }

  /** To be called before each change. */
  beforeChange(): void {
    if (++this.#changes > this.#after) throw new Error('the process is dead');
  }
}
