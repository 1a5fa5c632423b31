import type { ConnectionFacts } from '../../../src-shared/contract/connections.ts';
import type { CompiledTableFacts } from '../../../src-shared/contract/plans.ts';
import type { Plan } from '../../../src-shared/model/plan.ts';

/** Rows of a table as they were counted. */
export interface ExactCount {
  readonly rows: number;
  /** When they were counted (ISO 8601): rows come and go. */
  readonly at: string;
}

/** What was counted, and where. */
export interface Counted {
  readonly plan: Plan;
  /** The connection as it was saved then. */
  readonly connection: Pick<ConnectionFacts, 'name' | 'revision'>;
  readonly table: CompiledTableFacts;
}

/**
 * Counts that were taken, by what they rest on: a filter that is taken back finds its count again. A connection that was
 * edited, or removed and added anew, leads elsewhere for all that is known, and finds none.
 */
export class CountMemory {
  readonly #known = new Map<string, ExactCount>();

  get isEmpty(): boolean {
    return this.#known.size === 0;
  }

  of(counted: Counted): ExactCount | null {
    return this.#known.get(placeOf(counted)) ?? null;
  }

  keep(counted: Counted, count: ExactCount): void {
    this.#known.set(placeOf(counted), count);
  }
}

/** What a count rests on: not the columns, not the masks. */
function placeOf({ plan, connection, table: { name, where, limit, query } }: Counted): string {
  // Looked for where it is one: a plan of 10,000 tables asks 10,000 times.
  const sql = query === null ? null : plan.tables.find((entry) => 'query' in entry && entry.name === query);
  return JSON.stringify([connection.name, connection.revision, name, where, limit, sql, plan.params ?? {}]);
}
