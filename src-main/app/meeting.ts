interface Seat {
  /** Waits for the others, and then for the word; whether it was to go on together. */
  readonly wait: () => Promise<boolean>;
  /** Whoever ends without having waited is not waited for. */
  readonly leave: () => void;
}

/** Where some wait until all are there, and then for a word. */
export class Meeting {
  readonly isFull: Promise<void>;
  readonly #full: () => void;
  readonly #word = Promise.withResolvers<boolean>();
  #missing = 0;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.isFull = promise;
    this.#full = resolve;
  }

  /** All seats are taken before the first can be waited on. */
  seat(): Seat {
    let isAwaited = true;
    this.#missing += 1;
    const leave = (): void => {
      if (!isAwaited) return;
      isAwaited = false;
      this.#missing -= 1;
      if (this.#missing === 0) this.#full();
    };
    return {
      leave,
      wait: () => {
        leave();
        return this.#word.promise;
      },
    };
  }

  end(together: boolean): void {
    this.#word.resolve(together);
  }
}
