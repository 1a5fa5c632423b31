import type { CatalogColumn, CatalogTable } from '../../../src-shared/model/catalog.ts';
import type { ColumnDetector } from './column-detector.ts';
import { commentText, tableScalar, yamlMaskSpec, yamlScalar } from './yaml-scalar.ts';

export interface NewPlanRequest {
  readonly connection: string;
  /** Default: made from the connection's name. */
  readonly name?: string;
  /** Already chosen (`chooseTables`), in the order to list them. */
  readonly tables: readonly CatalogTable[];
  readonly detect?: ColumnDetector;
  readonly format?: string;
  /** 0: none. */
  readonly statementTimeoutMs?: number;
}

/**
 * The text of a plan to edit: every column listed, columns that look personal commented with the reason and a mask to
 * uncomment. The purpose is left empty, which `plan check` refuses: only a person knows it.
 */
export function newPlan(request: NewPlanRequest): string {
  const lines = [
    'waybill: 1',
    `name: ${yamlScalar(request.name ?? planName(request.connection))}`,
    'purpose: ""  # required: why this export is made, e.g. a change number; it is recorded in the ledger',
    `connection: ${yamlScalar(request.connection)}`,
    request.tables.some(isCarried) ? 'tables:' : 'tables: []',
    ...request.tables.flatMap((table) => tableLines(table, request.detect ?? (() => null))),
    `format: { type: ${yamlScalar(request.format ?? 'csv')} }`,
    ...limitLines(request.statementTimeoutMs ?? 0),
  ];
  return `${lines.join('\n')}\n`;
}

const limitLines = (statementTimeoutMs: number): readonly string[] =>
  statementTimeoutMs === 0 ? [] : [`limits: { statementTimeoutMs: ${statementTimeoutMs} }`];

/** Of a table without such a column nothing can go out. */
const isCarried = ({ columns }: CatalogTable): boolean => columns.some(({ type }) => type !== null);

function tableLines(table: CatalogTable, detect: ColumnDetector): readonly string[] {
  if (!isCarried(table)) {
    const why = table.columns.length === 0 ? 'has no columns' : 'none of its types can be carried exactly';
    return [`  # - table: ${commentText(tableScalar(table))}  # ${why}`];
  }
  const carried = table.columns.filter((column) => column.type !== null);
  const suspects = carried.flatMap((column) => {
    const suspicion = detect(table, column);
    return suspicion === null ? [] : [{ column, suspicion }];
  });
  const why = new Map(suspects.map(({ column, suspicion }) => [column, suspicion]));
  const columns = table.columns.map((column) => {
    const suspicion = why.get(column);
    const remark = suspicion === undefined ? '' : `  # looks like ${suspicion.class}: ${suspicion.reason}`;
    return columnLine(column, commentText(remark));
  });
  const masks = suspects.map(
    ({ column, suspicion }) =>
      `    #   ${commentText(`${yamlScalar(column.name)}: ${yamlMaskSpec(suspicion.suggestion)}`)}`,
  );
  return [
    `  - table: ${tableScalar(table)}${estimate(table)}`,
    '    columns:',
    ...columns,
    ...(masks.length === 0
      ? []
      : ['    # Suggested masks: remove the "# " in front to use them.', '    # masks:', ...masks]),
  ];
}

function columnLine(column: CatalogColumn, remark: string): string {
  if (column.type !== null) return `      - ${yamlScalar(column.name)}${remark}`;
  const why = commentText(`type ${column.nativeType} cannot be carried exactly`);
  return `      # - ${commentText(yamlScalar(column.name))}  # ${why}`;
}

function estimate({ kind, estimatedRows }: CatalogTable): string {
  const rows = estimatedRows === null ? '' : `about ${estimatedRows} ${estimatedRows === 1 ? 'row' : 'rows'}`;
  const parts = [kind === 'table' ? '' : kind, rows].filter((part) => part !== '');
  return parts.length === 0 ? '' : `  # ${parts.join(', ')}`;
}

/** A connection's name as a plan's name, which is part of a folder's. */
function planName(connection: string): string {
  const safe = connection.normalize('NFC').replace(/[^\p{L}\p{N}._-]+/gu, '-');
  const short = Array.from(safe).slice(0, 30).join('');
  return short.replace(/^\.+|\.+$/g, '') || 'plan';
}
