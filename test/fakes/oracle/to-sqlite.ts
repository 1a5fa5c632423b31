// Oracle's SQL of the contract suite and of the connector's reads, as SQLite says it. What it does not know stays as it is,
// and SQLite refuses it.
import { sqlTokens, type SqlToken } from './sql-tokens.ts';

export const SCHEMA = 'WAYBILL';
const LEVELS = /\bselect level as (\w+) from dual connect by level <= (\d+)/gi;

export function toSqlite(sql: string): string {
  const series = sql.replaceAll(
    LEVELS,
    (_all, name: string, count: string) =>
      `select value as ${name} from (with recursive r (value) as (select 1 union all select value + 1 from r where value < ${count}) select value from r)`,
  );
  const tokens = sqlTokens(series);
  const out: string[] = [];
  for (let at = 0; at < tokens.length;) at = step(tokens, at, out);
  return out.join(' ');
}

/** Writes what stands at a place, and gives the next one. */
function step(tokens: readonly SqlToken[], at: number, out: string[]): number {
  const follows = (...words: string[]): boolean =>
    words.every((word, i) => tokens[at + i]?.kind !== 'text' && tokens[at + i]?.value === word);
  if (follows(SCHEMA, '.')) return at + 2;
  if (follows('AS', 'OF', 'SCN')) return at + 4;
  if (follows('FETCH', 'FIRST')) {
    out.push(`limit ${tokens[at + 2]?.value ?? ''}`);
    return at + 5;
  }
  if (follows('OFFSET') && tokens[at + 3]?.value === 'FETCH') {
    out.push(`limit ${tokens[at + 5]?.value ?? ''} offset ${tokens[at + 1]?.value ?? ''}`);
    return at + 8;
  }
  const token = tokens[at] as SqlToken;
  if (token.kind === 'name') out.push(`"${token.value}"`);
  // The empty text is NULL.
  else if (token.kind === 'text') out.push(token.value === '' ? 'NULL' : `'${token.value.replaceAll("'", "''")}'`);
  else out.push(token.value);
  return at + 1;
}
