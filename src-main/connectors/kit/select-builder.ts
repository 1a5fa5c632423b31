/** Parts of a SELECT, each already quoted, checked and bound. */
export interface SelectParts {
  /** Select-list entries; at least one. */
  readonly columns: readonly string[];
  /** A quoted table name, or {@link derivedTable}. */
  readonly from: string;
  /** The operator's condition, or null. */
  readonly where: string | null;
  readonly orderBy: readonly string[];
  /** The product's way to say "at most n rows", as a line after ORDER BY; null: all rows. */
  readonly limit: string | null;
}

/** The statement. The operator's words stand on lines of their own, so that `--` cannot swallow ours. */
export function buildSelect(parts: SelectParts): string {
  const lines = [`select ${parts.columns.join(', ')}`, `from ${parts.from}`];
  if (parts.where !== null) lines.push('where (', parts.where, ')');
  if (parts.orderBy.length > 0) lines.push(`order by ${parts.orderBy.join(', ')}`);
  if (parts.limit !== null) lines.push(parts.limit);
  return lines.join('\n');
}

/** The operator's query (or a statement of ours) as a table in FROM. */
export function derivedTable(sql: string, alias: string): string {
  return `(\n${sql}\n) as ${alias}`;
}
