// The connector's own statements, as the golden files have them: what it sends has to be one of them, to the letter.
import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../golden/oracle/own/', import.meta.url);
const NAMES: ReadonlyMap<string, string> = new Map(
  readdirSync(FOLDER).map((file) => [readFileSync(new URL(file, FOLDER), 'utf8').trim(), file.replace(/\.sql$/, '')]),
);
/** The one statement of which names are a part. */
const LOCK = /^lock table "([^"]*)"\."([^"]*)" in row share mode wait 5$/s;

export interface Known {
  /** The golden file's name. */
  readonly name: string;
  /** The two names of the table that is to be locked. */
  readonly table: readonly string[];
}

export function knownStatement(text: string): Known | null {
  const locked = LOCK.exec(text);
  if (locked !== null) return { name: 'lock', table: locked.slice(1) };
  const name = NAMES.get(text.trim());
  return name === undefined ? null : { name, table: [] };
}
