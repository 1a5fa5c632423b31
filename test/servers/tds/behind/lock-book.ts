// Which session holds which table, and how. The owner's changes of a table wait for nobody: they are refused. A session that keeps
// writers off a table waits for whoever has written to it, and the owner for that session.
import { setTimeout } from 'node:timers/promises';

const WRITES = /^\s*(?:insert\s+into|update|delete\s+from)\s+(\w+)/i;

export class LockBook {
  readonly #held = new Map<object, Set<string>>();
  readonly #still = new Map<object, Set<string>>();
  /** Written to by a transaction of the owner's that is open. */
  readonly #written = new Set<string>();

  hold(session: object, table: string): void {
    note(this.#held, session, table);
  }

  heldBy(session: object): ReadonlySet<string> {
    return this.#held.get(session) ?? new Set();
  }

  /** Keeps writers off; false: one was in the middle of it for all that time. */
  async keepStill(session: object, table: string, limitMs: number): Promise<boolean> {
    if (!(await within(limitMs, () => !this.#written.has(table.toLowerCase())))) return false;
    note(this.#still, session, table);
    return true;
  }

  keptStillBy(session: object): ReadonlySet<string> {
    return this.#still.get(session) ?? new Set();
  }

  release(session: object): void {
    this.#held.delete(session);
    this.#still.delete(session);
  }

  /** The owner writes; false: somebody kept it off for all that time. `isOpen`: its transaction goes on. */
  async write(
    sql: string,
    { isOpen, limitMs }: { readonly isOpen: boolean; readonly limitMs: number },
  ): Promise<boolean> {
    const table = WRITES.exec(sql)?.[1]?.toLowerCase();
    if (table === undefined) return true;
    const isFree = (): boolean => ![...this.#still.values()].some((tables) => tables.has(table));
    if (!(await within(limitMs, isFree))) return false;
    if (isOpen) this.#written.add(table);
    return true;
  }

  /** The owner's transaction is over. */
  written(): void {
    this.#written.clear();
  }

  /** Whether anybody holds one of the tables that a statement names. */
  isHeld(sql: string): boolean {
    const words = new Set(sql.toLowerCase().match(/\w+/g) ?? []);
    const all = [...this.#held.values(), ...this.#still.values()];
    return all.some((tables) => [...tables].some((table) => words.has(table)));
  }
}

function note(book: Map<object, Set<string>>, session: object, table: string): void {
  const tables = book.get(session) ?? new Set();
  tables.add(table.toLowerCase());
  book.set(session, tables);
}

async function within(limitMs: number, isSo: () => boolean): Promise<boolean> {
  for (const until = performance.now() + limitMs; !isSo(); await setTimeout(2)) {
    if (performance.now() > until) return false;
  }
  return true;
}
