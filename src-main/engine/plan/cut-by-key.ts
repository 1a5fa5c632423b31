import { formatBytes } from '../../../src-shared/util/format-number.ts';
import type { Plan } from '../../../src-shared/model/plan.ts';
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';
import type { SqlDialect } from '../../ports/connector.ts';
import type { MaskedTable } from './bind-masks.ts';
import { entryPath } from './choose-columns.ts';
import type { FindingList } from './finding-list.ts';
import { tableLabel } from './table-pattern.ts';

interface Cutting {
  readonly plan: Plan;
  readonly dialect: SqlDialect;
  readonly findings: FindingList;
}

/**
 * The key by which a table is cut into ranges, each a part of its own that a later run can keep, of `package.chunk.rows` rows
 * or of at most `package.chunk.bytes`; undefined: it is read in one go, with a note where the plan asks for parts.
 */
export function keyToCutBy(
  table: MaskedTable,
  { plan, dialect, findings }: Cutting,
): readonly ReadColumn[] | undefined {
  if (plan.package?.chunk === undefined) {
    noteOneFile(table, findings);
    return undefined;
  }
  const found = keyOf(table, dialect);
  if (typeof found !== 'string') return found;
  findings.note('RUN/NOT_RESUMABLE', entryPath(table), {
    message: `${table.name}: a run that breaks off reads it from its beginning again, since ${found}.`,
    remedy: 'Nothing has to be done. Finished parts are kept of tables with a key and without a limit.',
    table: table.name,
  });
  return undefined;
}

/** So much is not read again from its beginning without a word. */
const LARGE_BYTES = 1024 ** 3;

function noteOneFile(table: MaskedTable, findings: FindingList): void {
  const bytes = table.catalogTable?.estimatedBytes ?? 0;
  if (bytes < LARGE_BYTES) return;
  findings.note('RUN/NOT_RESUMABLE', entryPath(table), {
    message: `${table.name}: a run that breaks off reads it from its beginning again, since it is one file, of about ${formatBytes(bytes)} in the database.`,
    remedy:
      'Nothing has to be done. In parts (package: { chunk: { rows: N } } or { bytes: SIZE }) what is whole is kept.',
    table: table.name,
  });
}

const TABLES = new Set(['table', 'partitioned table']);

/** Its key, or why there is none to cut by. */
function keyOf({ catalogTable, entry, orderBy }: MaskedTable, { keyCuts }: SqlDialect): readonly ReadColumn[] | string {
  if (catalogTable === null) return 'it is a query';
  if (!TABLES.has(catalogTable.kind)) return `it is a ${catalogTable.kind}`;
  if (keyCuts === undefined) return 'tables of this product are not cut by keys yet';
  if (entry.limit !== undefined) return 'it has a limit';
  if (catalogTable.primaryKey.length === 0) return 'it has no primary key';
  const [heir] = catalogTable.includes ?? [];
  // A key is unique in one table, and a cut counts on each key being there once.
  if (heir !== undefined) return `its key is not the only one: rows of ${tableLabel(heir)} are read with its own`;
  const isByKey = orderBy.every(({ column, descending }, at) => !descending && column === catalogTable.primaryKey[at]);
  if (orderBy.length > 0 && (!isByKey || orderBy.length !== catalogTable.primaryKey.length)) {
    return 'it is ordered by something else than its key';
  }
  const key: ReadColumn[] = [];
  for (const name of catalogTable.primaryKey) {
    const column = catalogTable.columns.find((each) => each.name === name);
    const type = column?.type ?? null;
    if (column === undefined || type === null) return `its key ${name} cannot be read`;
    // Some products let a key take NULL, and a row with one is in no range.
    if (column.nullable) return `its key ${name} may be NULL`;
    const read = { name, nativeType: column.nativeType, nullable: column.nullable, type };
    if (!keyCuts.canCutBy(read)) return `its key ${name} is ${column.nativeType}, by which nothing is cut`;
    key.push(read);
  }
  return key;
}
