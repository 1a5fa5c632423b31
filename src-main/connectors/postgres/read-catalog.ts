import type {
  Catalog,
  CatalogColumn,
  CatalogTable,
  ForeignKey,
  TableKind,
  TableName,
} from '../../../src-shared/model/catalog.ts';
import { bug } from '../../../src-shared/errors/app-error.ts';
import { COLUMNS_SQL, FACTS_SQL, HEIRS_SQL, KEYS_SQL, NAMESPACES_SQL, TABLES_SQL } from './catalog.sql.ts';
import type { Link } from './link.ts';
import { readTypes } from './read-types.ts';
import { inTransaction } from './transaction.ts';
import { logicalType, type TypeTable } from './types.ts';

type Row = readonly (string | null)[];

const KINDS: Readonly<Record<string, TableKind>> = {
  r: 'table',
  p: 'partitioned table',
  v: 'view',
  m: 'materialized view',
  f: 'foreign table',
};

const ROW_SECURITY = 'Row security is in force: this login may see only some of the rows.';

interface TableParts {
  readonly columns: CatalogColumn[];
  readonly nameByNumber: Map<string, string>;
  primaryKey: readonly string[];
  readonly foreignKeys: ForeignKey[];
}

/** All of the catalog, or one namespace of it, as of one moment. */
export function readCatalog(link: Link, namespace: string | null, signal: AbortSignal): Promise<Catalog> {
  return inTransaction(link, { signal, systemOnly: true }, async () => {
    const ask = (sql: string) => link.query(sql, [namespace], signal);
    const types = await readTypes(link, signal);
    const [version] = (await link.query(FACTS_SQL, [], signal))[0] ?? [];
    const namespaces = await ask(NAMESPACES_SQL);
    const tables = await ask(TABLES_SQL);
    const parts = gatherParts(await ask(COLUMNS_SQL), await ask(KEYS_SQL), types);
    const heirs = Map.groupBy(await ask(HEIRS_SQL), ([root]) => root ?? '');
    return {
      product: 'PostgreSQL',
      version: version ?? '',
      namespaces: namespaces
        .map(([name]) => name ?? '')
        .sort(byName)
        .map((name) => ({ name, tables: tablesOf(name, tables, { parts, heirs }) })),
    };
  });
}

function emptyParts(): TableParts {
  return { columns: [], nameByNumber: new Map(), primaryKey: [], foreignKeys: [] };
}

function gatherParts(columns: readonly Row[], keys: readonly Row[], types: TypeTable): Map<string, TableParts> {
  const parts = new Map<string, TableParts>();
  for (const [table, number, name, nativeType, notNull, generated, oid, modifier] of columns) {
    const own = parts.get(table ?? '') ?? emptyParts();
    parts.set(table ?? '', own);
    own.nameByNumber.set(number ?? '', name ?? '');
    own.columns.push({
      name: name ?? '',
      nativeType: nativeType ?? '',
      nullable: notNull !== 't',
      type: logicalType(Number(oid), Number(modifier), types),
      ...(generated === 't' ? { generated: true } : {}),
    });
  }
  for (const [table, kind, name, numbers, namespace, target, targetColumns] of keys) {
    const own = parts.get(table ?? '');
    if (own === undefined) throw bug('a key without columns in the catalog');
    const names = (numbers ?? '').split(',').map((number) => own.nameByNumber.get(number) ?? '');
    if (kind === 'p') own.primaryKey = names;
    else {
      // UNTRUSTED only in its names: json_agg of our own statement.
      const referenced = JSON.parse(targetColumns ?? '[]') as string[];
      const references = { namespace: namespace ?? '', name: target ?? '', columns: referenced };
      own.foreignKeys.push({ name: name ?? '', columns: names, references });
    }
  }
  return parts;
}

interface Gathered {
  readonly parts: ReadonlyMap<string, TableParts>;
  readonly heirs: ReadonlyMap<string, readonly Row[]>;
}

function tablesOf(namespace: string, rows: readonly Row[], { parts, heirs }: Gathered): CatalogTable[] {
  return rows
    .filter((row) => row[1] === namespace)
    .map(([oid, , name, kind, estimatedRows, estimatedBytes, rowSecurity, readable]): CatalogTable => {
      const own = parts.get(oid ?? '');
      const includes = (heirs.get(oid ?? '') ?? []).map(([, schema, heir]): TableName => ({
        ...{ namespace: schema ?? '', name: heir ?? '' },
      }));
      const remarks = remarksOf({ kind: kind ?? '', estimatedRows, rowSecurity, readable, includes });
      return {
        ...{ namespace, name: name ?? '', kind: KINDS[kind ?? ''] ?? 'table' },
        ...{ columns: own?.columns ?? [], primaryKey: own?.primaryKey ?? [], foreignKeys: own?.foreignKeys ?? [] },
        estimatedRows: asNumber(estimatedRows),
        estimatedBytes: asNumber(estimatedBytes),
        ...(remarks.length > 0 ? { remarks } : {}),
        ...(rowSecurity === 't' ? { withheld: [{ words: ROW_SECURITY }] } : {}),
        ...(includes.length > 0 ? { includes } : {}),
      };
    })
    .sort((a, b) => byName(a.name, b.name));
}

interface RemarkFacts {
  readonly kind: string;
  readonly estimatedRows: string | null | undefined;
  readonly rowSecurity: string | null | undefined;
  readonly readable: string | null | undefined;
  readonly includes: readonly TableName[];
}

function remarksOf({ kind, estimatedRows, rowSecurity, readable, includes }: RemarkFacts): string[] {
  const remarks: string[] = [];
  if (rowSecurity === 't') remarks.push(ROW_SECURITY);
  if (readable !== 't') remarks.push('This login has no right to read it.');
  if (includes.length > 0) {
    const named = includes.map(({ namespace, name }) => `${namespace}.${name}`).join(', ');
    remarks.push(`The rows of ${named}, which inherit from it, are read with its own.`);
  }
  if (typeof estimatedRows !== 'string' && kind !== 'v' && kind !== 'f')
    remarks.push('It was never analysed: no estimate.');
  return remarks;
}

function asNumber(text: string | null | undefined): number | null {
  return typeof text === 'string' ? Number(text) : null;
}

/** By code units, the same on every machine. */
function byName(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
