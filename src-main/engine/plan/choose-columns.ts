import { bug, isAppError } from '../../../src-shared/errors/app-error.ts';
import type { CatalogColumn } from '../../../src-shared/model/catalog.ts';
import type { OrderTerm, ReadColumn } from '../../../src-shared/model/table-read.ts';
import { nearest } from '../../../src-shared/util/nearest.ts';
import type { CompileRequest, FoundTable } from './compile-request.ts';
import type { FindingList } from './finding-list.ts';
import type { PlanPath } from './plan-document.ts';

export interface ChosenColumns {
  /** In output order. */
  readonly columns: readonly ReadColumn[];
  readonly orderBy: readonly OrderTerm[];
  /** All columns there are, chosen or not. */
  readonly available: readonly CatalogColumn[];
}

/** The columns of one table or query, or null with findings. */
export function chooseColumns(found: FoundTable, request: CompileRequest, findings: FindingList): ChosenColumns | null {
  const available = availableColumns(found, request, findings);
  if (available === null) return null;
  const listed = listedColumns(found);
  const chosen = listed === null ? available : pick(found, { listed, available, findings });
  const carried = chosen.flatMap((column): readonly ReadColumn[] => {
    const { name, nativeType, nullable, type } = column;
    if (type !== null) return [{ name, nativeType, nullable, type }];
    findings.error('SOURCE/TYPE_UNMAPPED', columnPath(found, listed, name), {
      message: `The column ${found.name}.${name} has the type ${nativeType}, which cannot be carried exactly.`,
      remedy: 'Leave the column out, or cast it to text in a query.',
      table: found.name,
      field: name,
    });
    return [];
  });
  if (carried.length === 0 && chosen.length === 0 && available.length === 0) {
    findings.error('PLAN/SELECTION_EMPTY', entryPath(found), {
      message: `${found.name} has no columns.`,
      remedy: 'Leave it out.',
      table: found.name,
    });
  }
  return { columns: carried, orderBy: orderTerms(found, available, findings), available };
}

function availableColumns(
  found: FoundTable,
  request: CompileRequest,
  findings: FindingList,
): readonly CatalogColumn[] | null {
  if (found.catalogTable !== null) return found.catalogTable.columns;
  const described = request.describedQueries.get(found.name);
  if (described === undefined) throw bug(`the query ${found.name} was not described`);
  if (isAppError(described)) {
    findings.thrown(described, ['tables', found.index, 'query'], found.name);
    return null;
  }
  const names = described.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated === undefined) return described;
  findings.error('PLAN/INVALID', ['tables', found.index, 'query'], {
    message: `${found.name}: the query gives two columns the name ${repeated}.`,
    remedy: 'Give each output column a name of its own with AS.',
    table: found.name,
    field: repeated,
  });
  return null;
}

/** null: the plan lists none, so all are meant. A query's map of columns chooses nothing, it says how each goes out. */
export function listedColumns({ entry }: FoundTable): readonly string[] | null {
  return Array.isArray(entry.columns) ? entry.columns : null;
}

interface Picking {
  readonly listed: readonly string[];
  readonly available: readonly CatalogColumn[];
  readonly findings: FindingList;
}

function pick(found: FoundTable, { listed, available, findings }: Picking): readonly CatalogColumn[] {
  const seen = new Set<string>();
  return listed.flatMap((name, position) => {
    const path = ['tables', found.index, 'columns', position];
    const column = available.find((candidate) => candidate.name === name);
    if (column === undefined) {
      reportColumn(found, { name, path, available }, findings);
      return [];
    }
    if (seen.has(name)) {
      findings.error('PLAN/INVALID', path, {
        message: `${found.name}: the column ${name} is listed twice.`,
        remedy: 'Keep one.',
        table: found.name,
        field: name,
      });
      return [];
    }
    seen.add(name);
    return [column];
  });
}

/** Says that a table has no such column, with the nearest name. */
export function reportColumn(
  found: FoundTable,
  absent: { name: string; path: PlanPath; available: readonly { readonly name: string }[]; at?: 'key' },
  findings: FindingList,
): void {
  const near = nearest(
    absent.name,
    absent.available.map((column) => column.name),
  );
  findings.error('PLAN/COLUMN_ABSENT', absent.path, {
    message: `${found.name} has no column ${absent.name}.`,
    remedy: near === undefined ? 'Look at `catalog CONNECTION` for its columns.' : `Did you mean ${near}?`,
    table: found.name,
    field: absent.name,
    ...(absent.at === undefined ? {} : { at: absent.at }),
  });
}

/** `name`, `name asc` or `name desc`; a column whose name ends so is meant itself. */
function orderTerms(
  found: FoundTable,
  available: readonly CatalogColumn[],
  findings: FindingList,
): readonly OrderTerm[] {
  const names = new Set(available.map((column) => column.name));
  return (found.entry.orderBy ?? []).flatMap((written, position): readonly OrderTerm[] => {
    if (names.has(written)) return [{ column: written, descending: false }];
    const [, column = written, direction] = /^(.*\S)\s+(asc|desc)$/is.exec(written) ?? [];
    if (names.has(column)) return [{ column, descending: direction?.toLowerCase() === 'desc' }];
    const path = ['tables', found.index, 'orderBy', position];
    reportColumn(found, { name: column, path, available }, findings);
    return [];
  });
}

export function entryPath(found: FoundTable): PlanPath {
  return ['tables', found.index, found.catalogTable === null ? 'query' : 'table'];
}

function columnPath(found: FoundTable, listed: readonly string[] | null, name: string): PlanPath {
  const position = listed?.indexOf(name) ?? -1;
  return position < 0 ? entryPath(found) : ['tables', found.index, 'columns', position];
}
