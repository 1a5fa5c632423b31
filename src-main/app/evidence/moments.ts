import { isJsonObject } from '../../../src-shared/proof/parse-json.ts';
import { counted, formatCount } from '../../../src-shared/util/format-number.ts';
import { jsonText } from '../bundle/json-text.ts';

/** Tables and parts that an earlier run read, in its own snapshot. */
interface Moment {
  readonly run: string;
  readonly snapshot: string;
  readonly tables: string[];
  /** Of tables that are of several moments: how many parts of each are of this one. */
  readonly parts: string[];
}

/** Which moments the rows of a run or package are of, gathered from what ledger and statement say. UNTRUSTED. */
export class Moments {
  readonly #earlier = new Map<string, Moment>();

  /** Nothing was taken over from an earlier run. */
  get isOne(): boolean {
    return this.#earlier.size === 0;
  }

  addTable(name: string, readBy: unknown): void {
    this.#of(readBy)?.tables.push(name);
  }

  /** `of`: how many the table has, where that is known. */
  addParts(name: string, readBy: unknown, { parts, of }: { readonly parts: number; readonly of: number }): void {
    const count = of === 0 ? counted(parts, 'part') : `${formatCount(parts)} of ${counted(of, 'part')}`;
    this.#of(readBy)?.parts.push(`${count} of ${name}`);
  }

  /** Sentences. `own`: the snapshot of the run itself, `''` where nobody knows its name; null: it read nothing. */
  words(own: string | null): string {
    const earlier = [...this.#earlier.values()];
    if (earlier.length === 0) return own === null || own === '' ? '' : `One: all rows are of the snapshot ${own}.`;
    const each = earlier.map(({ run, snapshot, tables, parts }) => {
      const what = [...tables, ...parts].join(', ');
      return `As run ${run} read it${snapshot === '' ? '' : ` (snapshot ${snapshot})`}: ${what}.`;
    });
    const rest =
      own === null
        ? 'Nothing else was read.'
        : `All else is of its own, later snapshot${own === '' ? '' : ` (${own})`}.`;
    const count = earlier.length + (own === null ? 0 : 1);
    return [count === 1 ? 'One.' : `${COUNTS[count] ?? formatCount(count)} moments.`, ...each, rest].join(' ');
  }

  #of(readBy: unknown): Moment | undefined {
    if (!isJsonObject(readBy)) return undefined;
    const [run, snapshot] = [jsonText(readBy, 'run'), jsonText(readBy, 'snapshot')];
    const key = JSON.stringify([run, snapshot]);
    const known = this.#earlier.get(key) ?? { run, snapshot, tables: [], parts: [] };
    this.#earlier.set(key, known);
    return known;
  }
}

const COUNTS: Readonly<Record<number, string>> = { 2: 'Two', 3: 'Three' };
