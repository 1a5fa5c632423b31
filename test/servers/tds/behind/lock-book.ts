// Which session holds which table. The owner's changes of a table wait for nobody: they are refused.

export class LockBook {
  readonly #held = new Map<object, Set<string>>();

  hold(session: object, table: string): void {
    const tables = this.#held.get(session) ?? new Set();
    tables.add(table.toLowerCase());
    this.#held.set(session, tables);
  }

  heldBy(session: object): ReadonlySet<string> {
    return this.#held.get(session) ?? new Set();
  }

  release(session: object): void {
    this.#held.delete(session);
  }

  /** Whether anybody holds one of the tables that a statement names. */
  isHeld(sql: string): boolean {
    const words = new Set(sql.toLowerCase().match(/\w+/g) ?? []);
    return [...this.#held.values()].some((tables) => [...tables].some((table) => words.has(table)));
  }
}
