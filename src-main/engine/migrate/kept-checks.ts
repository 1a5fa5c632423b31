import type { CatalogTable } from '../../../src-shared/model/catalog.ts';
import type { CheckDefinition } from '../../../src-shared/model/catalog-definition.ts';

interface KeepingChecks {
  /** The source is of the product that is written for: its own words are understood there. */
  readonly own: boolean;
  /** Columns that go out as they are. */
  readonly plain: ReadonlySet<string>;
  /** All columns do. */
  readonly isWhole: boolean;
  readonly note: (text: string) => void;
}

/** The checks that hold where the rows go; those that are left out are noted, each with its words. */
export function keptChecks(
  table: CatalogTable | null,
  { own, plain, isWhole, note }: KeepingChecks,
): readonly CheckDefinition[] {
  return (table?.definition?.checks ?? []).filter((check) => {
    const { name, column, clause, columns } = check;
    const holds = columns === null ? isWhole : columns.every((each) => plain.has(each));
    if (own && holds) return true;
    const what = name === null ? (column === null ? '' : ` of ${column}`) : ` ${name}`;
    const why = own ? ', since not all of its columns go out as they are' : '';
    note(`Not carried: check${what}${why}: ${clause}.`);
    return false;
  });
}
