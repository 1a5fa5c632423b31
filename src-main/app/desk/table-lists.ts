import { randomUUID } from 'node:crypto';
import type { CompiledTableFacts, TablePiece } from '../../../src-shared/contract/plans.ts';

/** Lists of a plan that are remembered: of the windows that have it open, each with an edit or two under way. */
const LISTS_KEPT = 6;
/** Plans whose lists are remembered; the first ones go. */
const PLANS_KEPT = 12;

interface Told {
  readonly list: string;
  /** Each table as it was told, with its place. */
  readonly places: ReadonlyMap<string, Place>;
}

interface Place {
  /** Shared by all lists that tell the same of a table. */
  readonly text: string;
  readonly at: number;
}

/** The lists of tables that callers were told, so that the next time only what differs has to travel. */
export class TableLists {
  readonly #told = new Map<string, readonly Told[]>();

  /** The list now, as pieces of the one named `known`; one that is no longer remembered gives all tables anew. */
  tell(
    path: string,
    { tables, known }: { readonly tables: readonly CompiledTableFacts[]; readonly known: string | null },
  ): { readonly list: string; readonly pieces: readonly TablePiece[] } {
    const before = this.#told.get(path) ?? [];
    const basis = before.find((one) => one.list === known) ?? null;
    const list = randomUUID();
    const places = new Map<string, Place>();
    const pieces: TablePiece[] = [];
    for (const [at, table] of tables.entries()) {
      const written = JSON.stringify(table);
      const old = basis?.places.get(written);
      const text = old?.text ?? written;
      places.set(text, { text, at });
      append(pieces, old === undefined ? table : old.at);
    }
    this.#remember(path, [{ list, places }, ...before].slice(0, LISTS_KEPT));
    return { list, pieces };
  }

  #remember(path: string, told: readonly Told[]): void {
    this.#told.delete(path);
    this.#told.set(path, told);
    const [oldest] = this.#told.keys();
    if (this.#told.size > PLANS_KEPT && oldest !== undefined) this.#told.delete(oldest);
  }
}

/** A table that is new, or the place of one that was told before. */
function append(pieces: TablePiece[], next: CompiledTableFacts | number): void {
  const last = pieces.at(-1);
  if (typeof next !== 'number') {
    if (last !== undefined && 'tables' in last) last.tables.push(next);
    else pieces.push({ tables: [next] });
  } else if (last !== undefined && 'keep' in last && last.keep + last.count === next) last.count += 1;
  else pieces.push({ keep: next, count: 1 });
}
