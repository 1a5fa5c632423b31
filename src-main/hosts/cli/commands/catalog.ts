import type { Catalog } from '../../../../src-shared/model/catalog.ts';
import { openConnection } from '../../../app/connections.ts';
import type { Command } from '../command.ts';
import { layOutTable } from '../output.ts';
import { size } from '../progress.ts';

export const catalogCommand: Command = {
  path: ['catalog'],
  summary: 'Shows namespaces, tables, views and columns with types, keys and estimated sizes.',
  usage: 'CONNECTION',
  positionals: { min: 1, max: 1 },
  flags: { namespace: { kind: 'text', value: 'N', help: 'only this namespace' } },
  example: 'waybill catalog shop --namespace public',
  run: async ({ core, flags, output, positionals, signal }) => {
    await using open = await openConnection(await core(), positionals[0] ?? '', { signal });
    const namespace = flags.text('namespace');
    const catalog = await open.session.catalog(namespace === undefined ? {} : { namespace }, signal);
    output.result(catalogJson(catalog), () => {
      output.line(`${catalog.product} ${catalog.version}`);
      for (const space of catalog.namespaces) {
        for (const table of space.tables) {
          const rows = table.estimatedRows === null ? 'rows unknown' : `~${table.estimatedRows} rows`;
          const bytes = table.estimatedBytes === null ? '' : `, ~${size(table.estimatedBytes)}`;
          output.line(`\n${space.name}.${table.name}  ${table.kind}, ${rows}${bytes} (estimate)`.trimStart());
          for (const remark of table.remarks ?? []) output.line(`  ! ${remark}`);
          const lines = table.columns.map((column) => [
            `  ${column.name}`,
            column.nativeType,
            column.nullable ? '' : 'not null',
            table.primaryKey.includes(column.name) ? 'key' : '',
            column.type === null ? 'cannot be exported exactly' : '',
          ]);
          for (const line of layOutTable(lines)) output.line(line);
        }
      }
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
