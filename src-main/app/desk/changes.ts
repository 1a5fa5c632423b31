/** A number that rises with each change; whoever watches gets the newest, never a queue. */
export class Changes {
  #revision = 0;
  readonly #listeners = new Set<() => void>();

  get revision(): number {
    return this.#revision;
  }

  /** How many are watching now. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** Something that screens show is different now. */
  touch(): void {
    this.#revision += 1;
    for (const listener of this.#listeners) listener();
  }

  /** Calls `listener` at each change until the result is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
