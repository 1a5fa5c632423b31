import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appError } from '../../../src-shared/errors/app-error.ts';
import type { CatalogTable } from '../../../src-shared/model/catalog.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import type { Session } from '../../../src-main/ports/connector.ts';
import { batchesOf } from './rows.ts';

interface Lines {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function openTabFolder(folder: string): Session {
  const linesOf = (name: string): Lines => {
    const [head = '', ...lines] = readFileSync(join(folder, `${name}.tab`), 'utf8')
      .trimEnd()
      .split('\n');
    return { names: head.split('\t'), rows: lines.map((line) => line.split('\t')) };
  };
  const tables = (): CatalogTable[] =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.tab'))
      .sort()
      .map((file) => tableOf(file.slice(0, -'.tab'.length), linesOf));
  const rowsOf = ({ source, columns, limit }: TableRead): string[][] => {
    const { names, rows } = linesOf(source.kind === 'table' ? source.table.name : '');
    const chosen = rows.map((row) => columns.map(({ name }) => row[names.indexOf(name)] ?? '-'));
    return limit === null ? chosen : chosen.slice(0, limit);
  };
  async function* read(of: TableRead): AsyncGenerator<RowBatch> {
    yield* batchesOf(of.columns, rowsOf(of));
  }
  const count = async (of: TableRead): Promise<number> => rowsOf(of).length;
  const nothing = async (): Promise<void> => undefined;
  return {
    facts: async () => ({
      ...{ product: 'Tabbed files', version: '1', user: '', database: folder, tls: null, latencyMs: 0 },
      ...{ readOnly: 'enforced by the server', missingPrivileges: [] },
    }),
    catalog: async () => ({ product: 'Tabbed files', version: '1', namespaces: [{ name: 'files', tables: tables() }] }),
    describe: async () => {
      throw appError('PLAN/SQL_REFUSED', { message: 'There are no queries here.', remedy: 'Choose tables.' });
    },
    check: nothing,
    count,
    preview: read,
    snapshot: async (reads) => ({
      facts: { id: 'files as they are', unproven: reads.map(() => null) },
      read,
      count,
      [Symbol.asyncDispose]: nothing,
    }),
    others: null,
    [Symbol.asyncDispose]: nothing,
  };
}

function tableOf(name: string, linesOf: (name: string) => Lines): CatalogTable {
  const { names, rows } = linesOf(name);
  const type = { kind: 'text', maxCharacters: null } as const;
  return {
    ...{ namespace: 'files', name, kind: 'table', primaryKey: [], foreignKeys: [] },
    columns: names.map((each) => ({ name: each, nativeType: 'tabbed', nullable: true, type })),
    ...{ estimatedRows: rows.length, estimatedBytes: null },
  };
}
