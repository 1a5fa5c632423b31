/** Parts of a SELECT, each already quoted, checked and bound. */
export interface SelectParts {
  /** What stands before everything else, on lines of its own: `with …`; absent: nothing. */
  readonly before?: string;
  /** What stands between SELECT and the list: where the product says there "at most n rows"; absent: nothing. */
  readonly top?: string | null;
  /** Select-list entries; at least one. */
  readonly columns: readonly string[];
  /** A quoted table name, or {@link derivedTable}. */
  readonly from: string;
  /** The operator's condition, or null. */
  readonly where: string | null;
  /** A condition of ours beside it; absent or null: none. */
  readonly range?: string | null;
  readonly orderBy: readonly string[];
  /** The product's way to say "at most n rows", as a line after ORDER BY; null: all rows. */
  readonly limit: string | null;
}

/** The statement. The operator's words stand on lines of their own, so that `--` cannot swallow ours. */
export function buildSelect(parts: SelectParts): string {
  const head = typeof parts.top === 'string' ? `select ${parts.top}` : 'select';
  const lines = [`${head} ${parts.columns.join(', ')}`, `from ${parts.from}`];
  if (parts.before !== undefined && parts.before !== '') lines.unshift(parts.before);
  if (parts.where !== null) lines.push('where (', parts.where, ')');
  if (typeof parts.range === 'string') lines.push(`${parts.where === null ? 'where' : 'and'} ${parts.range}`);
  if (parts.orderBy.length > 0) lines.push(`order by ${parts.orderBy.join(', ')}`);
  if (parts.limit !== null) lines.push(parts.limit);
  return lines.join('\n');
}

/** The operator's query (or a statement of ours) as a table in FROM. */
export function derivedTable(sql: string, alias: string): string {
  return `(\n${sql}\n) as ${alias}`;
}
