/** A number that rises with each change; whoever watches gets the newest, never a queue. */
export class Changes {
  #revision = 0;
  #basis = 0;
  readonly #listeners = new Set<() => void>();

  get revision(): number {
    return this.#revision;
  }

  /** Rises when connections, targets, keys or secrets change: a plan that was compiled before has to be compiled anew. */
  get basis(): number {
    return this.#basis;
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

  /** Something that plans rest on is different now. */
  touchBasis(): void {
    this.#basis += 1;
    this.touch();
  }

  /** Calls `listener` at each change until the result is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
