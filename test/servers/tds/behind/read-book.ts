// Who has read tables, and of which moments, since the book was begun.

export class ReadBook {
  readonly #moments = new Map<object, Set<string>>();

  note(session: object, moment: string): void {
    const moments = this.#moments.get(session) ?? new Set();
    moments.add(moment);
    this.#moments.set(session, moments);
  }

  get sessions(): number {
    return this.#moments.size;
  }

  get moments(): ReadonlySet<string> {
    return new Set([...this.#moments.values()].flatMap((moments) => [...moments]));
  }

  begin(): void {
    this.#moments.clear();
  }
}
