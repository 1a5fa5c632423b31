/** Files that are read to their end again while others are written: what each holds is let go with it. */
const AT_ONCE = 2;

/** Checks of parts that have their final names, beside the writing of the next ones. */
export class PartChecks {
  readonly #begun = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | null = null;

  /** Resolves when another one may begin; rejects with the first that failed. */
  async room(): Promise<void> {
    while (this.#begun.size >= AT_ONCE) await Promise.race(this.#begun);
    this.#throwFailure();
  }

  begin(check: Promise<unknown>): void {
    const checking = check
      .then(
        () => undefined,
        (error: unknown) => {
          this.#failure ??= { error };
        },
      )
      .finally(() => this.#begun.delete(checking));
    this.#begun.add(checking);
  }

  /** All are over; rejects with the first that failed. */
  async all(): Promise<void> {
    await this.settled();
    this.#throwFailure();
  }

  /** All are over, however. Never rejects. */
  async settled(): Promise<void> {
    await Promise.all(this.#begun);
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}
