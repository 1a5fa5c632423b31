/** The moment of another session's snapshot, for one that joins it: its system change number, where that is all there is to it. */
import { appError, type AppError } from '../../../src-shared/errors/app-error.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import type { Link } from './link.ts';
import { scnFor } from './moment.ts';

export interface Joining {
  /** The id of the snapshot that is joined. */
  readonly joins: string;
  readonly signal: AbortSignal;
}

export function snapshotId(scn: string | null, moment: string): string {
  return scn === null ? `read only transaction, ${moment}Z` : `SCN ${scn}, ${moment}Z`;
}

/**
 * The number as of which the other one reads. Rejects where what a read gives depends on more than that: on the moment at
 * which this session's own transaction began, or on an instance of the database that has not come as far yet.
 */
export async function joinedScn(link: Link, reads: readonly TableRead[], { joins, signal }: Joining): Promise<string> {
  const scn = /^SCN (\d+), /.exec(joins)?.[1];
  if (scn === undefined) throw notShared('The first connection reads what its own transaction sees, not by a number.');
  if (reads.some((read) => mayDependOnMore(read)))
    throw notShared('A condition may read by a function what no number is given for.');
  const now = await scnFor(link, reads, signal);
  if (now === null) throw notShared('This connection may not read by a system change number.');
  if (BigInt(now) < BigInt(scn)) throw notShared('The instance it leads to has not come as far yet.');
  return scn;
}

function notShared(why: string): AppError {
  return appError('SOURCE/SNAPSHOT_LOST', {
    message: `A second connection would not be at the same point in time. ${why}`,
    remedy: 'Nothing has to be done: the connections that are at one point in time read the run.',
  });
}

/** Reserved, so that none of them is a function's name. */
const OWN_WORDS = new Set(['AND', 'OR', 'NOT', 'IN', 'BETWEEN', 'LIKE', 'IS', 'NULL', 'ANY', 'ALL']);
const PIECES =
  /(?:\b(?:date|timestamp|escape|n)\s*)?'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\/|:[\p{L}_][\p{L}\p{N}_$#]*|"(?<quoted>[^"]*)"|(?<word>[\p{L}_][\p{L}\p{N}_$#]*)|(?<path>\.\s*(?=["\p{L}]))/giu;

/**
 * Whether a condition holds a word that is neither a column that is read nor one of the language: a function is called here
 * without brackets, too, and reads what it likes.
 */
function mayDependOnMore({ where, columns }: TableRead): boolean {
  if (where === null) return false;
  if (/\bn?q'/i.test(where)) return true;
  const known = new Set(columns.map(({ name }) => name));
  for (const { groups = {} } of where.matchAll(PIECES)) {
    const { quoted, word, path } = groups;
    if (path !== undefined) return true;
    const name = quoted ?? word?.toUpperCase();
    if (name === undefined || known.has(name)) continue;
    if (quoted !== undefined || !OWN_WORDS.has(name)) return true;
  }
  return false;
}
