interface Field {
  /** The text that is saved. */
  readonly value: string;
  readonly onCommit: (text: string) => void;
}

/** A text that waits to be saved, as its field is when the wait is over. */
export class PendingCommit {
  #field: Field | null = null;
  #text: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The field as it was drawn last. */
  follow(field: Field): void {
    this.#field = field;
  }

  /** Saves this text after a pause, unless another one comes. */
  wait(text: string, pauseMs: number): void {
    clearTimeout(this.#timer);
    this.#text = text;
    this.#timer = setTimeout(() => this.flush(), pauseMs);
  }

  /** Saves at once what waits. */
  flush(): void {
    const text = this.#text;
    this.drop();
    if (text !== null && this.#field !== null && text !== this.#field.value) this.#field.onCommit(text);
  }

  /** Saves nothing. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#text = null;
  }
}
