import type { CatalogTable } from '../../../src-shared/model/catalog.ts';
import type {
  ColumnDefinition,
  GeneratedColumn,
  IndexDefinition,
} from '../../../src-shared/model/catalog-definition.ts';
import type { SchemaColumn, SchemaNote, TableSchema } from '../../../src-shared/model/table-schema.ts';
import { keptChecks } from './kept-checks.ts';
import type { MigratedTable } from './migrated-table.ts';

interface Described {
  readonly schema: TableSchema;
  readonly notes: readonly SchemaNote[];
}

/** A table as it goes out, without its foreign keys, and what of it stays behind. `own`: to a database of the same product. */
export function tableSchema({ masked, paths, keepsApart }: MigratedTable, own: boolean): Described {
  const { name, table, catalogTable, columns: chosen, masks, outputColumns } = masked;
  const notes: SchemaNote[] = [];
  const note = (text: string): void => void notes.push({ table: name, text });
  const isMasked = new Set(chosen.flatMap((column, at) => ((masks[at] ?? null) === null ? [] : [column.name])));
  const isWhole = isMasked.size === 0 && chosen.length === masked.available.length;
  const isGiven = masked.available.some(({ definition }) => definition?.generated === undefined);
  const columns = outputColumns.map((column): SchemaColumn => {
    const source = masked.available.find((each) => each.name === column.name);
    const hidden = isMasked.has(column.name);
    return {
      name: column.name,
      type: column.type,
      nullable: column.nullable,
      native: hidden ? null : column.nativeType,
      definition: carried(source?.definition ?? {}, { column: column.name, hidden, isWhole, isGiven, note }),
    };
  });
  const sent = new Set(columns.map((column) => column.name));
  const keeps = (names: readonly string[]): boolean => names.every((each) => sent.has(each) && keepsApart(each));
  const primaryKey = catalogTable?.primaryKey ?? [];
  if (primaryKey.length > 0 && !keeps(primaryKey))
    note(`The primary key (${primaryKey.join(', ')}) ${gone(primaryKey)}.`);
  if (catalogTable !== null) noteKind(catalogTable, note);
  const plain = new Set(columns.flatMap((column) => (isMasked.has(column.name) ? [] : [column.name])));
  return {
    schema: {
      ...{ name, table, paths, columns },
      primaryKey: keeps(primaryKey) ? primaryKey : [],
      indexes: keptIndexes(catalogTable, { sent, isMasked, keeps, note }),
      foreignKeys: [],
      checks: keptChecks(catalogTable, { own, plain, isWhole, note }),
      comment: catalogTable?.definition?.comment ?? null,
    },
    notes,
  };

  function gone(names: readonly string[]): string {
    return names.every((each) => sent.has(each))
      ? 'is left out: a mask of it gives equal values to different rows'
      : 'is left out: not all of its columns go out';
  }
}

function noteKind({ kind, definition }: CatalogTable, note: (text: string) => void): void {
  if (kind === 'view' || kind === 'materialized view') note(`It is a ${kind}: its rows go into a table.`);
  for (const other of definition?.others ?? []) note(`Not carried: ${other}.`);
}

interface Carrying {
  readonly column: string;
  readonly hidden: boolean;
  /** All columns go out as they are. */
  readonly isWhole: boolean;
  /** Not all columns are generated: a row can be given. */
  readonly isGiven: boolean;
  readonly note: (text: string) => void;
}

function carried(definition: ColumnDefinition, { column, hidden, isWhole, isGiven, note }: Carrying): ColumnDefinition {
  const { default: value, identity, generated, collation, own, comment } = definition;
  const described = comment === undefined ? {} : { comment };
  if (hidden) {
    if (value !== undefined) note(`The default of ${column} is left out: the column is masked.`);
    if (identity !== undefined) note(`${column} no longer numbers its rows: it is masked.`);
    if (generated !== undefined) note(`${column} is an ordinary column: it is masked.`);
    return described;
  }
  const why = generated === undefined ? null : ordinary(generated, { isWhole, isGiven });
  const kept = generated !== undefined && why === null;
  if (generated !== undefined && why !== null) {
    note(`${column} is an ordinary column, not a generated one: ${why}. It was: ${generated.expression}`);
  }
  if (value?.kind === 'other') note(`The default of ${column} is left out: ${value.text}`);
  return {
    ...described,
    ...(value === undefined || value.kind === 'other' ? {} : { default: value }),
    ...(identity === undefined ? {} : { identity }),
    ...(kept ? { generated } : {}),
    ...(collation === undefined ? {} : { collation }),
    ...(own === undefined ? {} : { own }),
  };
}

/** Why a column is not generated any more; null: it is. */
function ordinary(
  { builtIn, unsaid }: GeneratedColumn,
  { isWhole, isGiven }: Pick<Carrying, 'isWhole' | 'isGiven'>,
): string | null {
  if (unsaid !== undefined) return unsaid;
  if (!builtIn) return 'its expression uses functions of this database';
  if (!isWhole) return 'not all columns go out as they are';
  return isGiven ? null : 'a row of nothing but generated columns cannot be loaded';
}

interface KeepingIndexes {
  readonly sent: ReadonlySet<string>;
  readonly isMasked: ReadonlySet<string>;
  readonly keeps: (names: readonly string[]) => boolean;
  readonly note: (text: string) => void;
}

function keptIndexes(
  table: CatalogTable | null,
  { sent, isMasked, keeps, note }: KeepingIndexes,
): readonly IndexDefinition[] {
  return (table?.definition?.indexes ?? []).filter((index) => {
    const names = index.columns.map(({ name }) => name);
    const what = index.unique ? 'unique index' : 'index';
    if (!names.every((each) => sent.has(each))) {
      note(`The ${what} ${index.name} is left out: not all of its columns go out.`);
      return false;
    }
    if (index.unique && !keeps(names)) {
      note(`The ${what} ${index.name} is left out: a mask of it gives equal values to different rows.`);
      return false;
    }
    if (index.method === 'btree' || !names.some((each) => isMasked.has(each))) return true;
    note(`The ${what} ${index.name} (${index.method}) is left out: its column is masked.`);
    return false;
  });
}
