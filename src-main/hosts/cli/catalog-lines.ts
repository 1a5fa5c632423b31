import { counted, formatBytes } from '../../../src-shared/util/format-number.ts';
import type { Catalog, CatalogTable } from '../../../src-shared/model/catalog.ts';
import { fitTable, fold, LINE_WIDTH } from './fit-table.ts';

const INDENT = '  ';

/** A catalog for a person: each table with its kind, its estimates, its columns and its keys. */
export function catalogLines({ product, version, namespaces }: Catalog): string[] {
  return [
    `${product} ${version}`,
    ...namespaces.flatMap(({ name, tables }) =>
      tables.length === 0 ? ['', `${name}  holds no table that the login sees`] : tables.flatMap(tableLines),
    ),
  ];
}

function tableLines(table: CatalogTable): string[] {
  const columns = fitTable(
    table.columns.map(({ name, nativeType, nullable, type }) => [
      `${INDENT}${name}`,
      nativeType,
      nullable ? '' : 'not null',
      table.primaryKey.includes(name) ? 'key' : '',
      type === null ? 'cannot be exported exactly' : '',
    ]),
  );
  return [
    '',
    `${table.namespace}.${table.name}  ${table.kind}, ${estimates(table)}`,
    ...(table.remarks ?? []).flatMap((remark) => indented(`! ${remark}`)),
    ...columns,
    ...keyLines(table),
  ];
}

/** From statistics, never from a count. */
function estimates({ estimatedRows: rows, estimatedBytes: bytes }: CatalogTable): string {
  if (rows === null && bytes === null) return 'size unknown';
  const shown = [
    rows === null ? 'rows unknown' : `~${counted(rows, 'row')}`,
    ...(bytes === null ? [] : [`~${formatBytes(bytes)}`]),
  ];
  return `${shown.join(', ')} (estimate)`;
}

function keyLines({ primaryKey, foreignKeys }: CatalogTable): string[] {
  const primary = primaryKey.length === 0 ? [] : [`primary key (${primaryKey.join(', ')})`];
  const foreign = foreignKeys.map(
    ({ columns, references: { namespace, name, columns: targets } }) =>
      `foreign key (${columns.join(', ')}) → ${namespace}.${name} (${targets.join(', ')})`,
  );
  return [...primary, ...foreign].flatMap(indented);
}

function indented(text: string): string[] {
  return fold(text, LINE_WIDTH - INDENT.length).map((line) => `${INDENT}${line}`);
}
