import type { Catalog } from '../../../../src-shared/model/catalog.ts';
import { readCatalog } from '../../../app/read-catalog.ts';
import { catalogLines } from '../catalog-lines.ts';
import type { Command } from '../command.ts';

export const catalogCommand: Command = {
  path: ['catalog'],
  summary: 'Shows namespaces, tables, views and columns with types, keys and estimated sizes.',
  usage: 'CONNECTION',
  positionals: { min: 1, max: 1 },
  flags: { namespace: { kind: 'text', value: 'N', help: 'only this namespace' } },
  example: 'waybill catalog shop --namespace public',
  run: async ({ core, flags, output, positionals, signal }) => {
    const connection = positionals[0] ?? '';
    const catalog = await readCatalog(await core(), connection, { namespace: flags.text('namespace'), signal });
    output.result(catalogJson(catalog), () => {
      for (const line of catalogLines(catalog)) output.line(line);
    });
    return 0;
  },
};

/** The catalog in the shape of `interface.md`: a column's `type` is the database's own name of it. */
export function catalogJson(catalog: Catalog): unknown {
  return {
    product: catalog.product,
    version: catalog.version,
    namespaces: catalog.namespaces.map((space) => ({
      name: space.name,
      tables: space.tables.map((table) => ({
        name: table.name,
        table: [table.namespace, table.name],
        kind: table.kind,
        columns: table.columns.map((column) => ({
          name: column.name,
          type: column.nativeType,
          nullable: column.nullable,
          exportable: column.type !== null,
        })),
        primaryKey: table.primaryKey,
        foreignKeys: table.foreignKeys,
        estimatedRows: table.estimatedRows,
        estimatedBytes: table.estimatedBytes,
        remarks: table.remarks ?? [],
      })),
    })),
  };
}
