// The connector's own statements, as the golden files have them: what it sends has to be one of them, to the letter.
import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../golden/sqlserver/own/', import.meta.url);
/** Names in the golden files that stand for whatever is asked about. */
const HOLE = /(N'name space'|N'name'|\[name space\]|\[name\])/;
const TEXT = "N'((?:[^']|'')*)'";
const NAME = '\\[((?:[^\\]]|\\]\\])*)\\]';

interface Golden {
  readonly name: string;
  readonly pattern: RegExp;
}

const GOLDEN: readonly Golden[] = readdirSync(FOLDER).map((file) => {
  const pieces = readFileSync(new URL(file, FOLDER), 'utf8').trim().split(HOLE);
  const pattern = pieces.map((piece) => {
    if (HOLE.test(piece)) return piece.startsWith('N') ? TEXT : NAME;
    return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return { name: file.replace(/\.sql$/, ''), pattern: new RegExp(`^${pattern.join('')}$`) };
});

export interface Known {
  /** The golden file's name. */
  readonly name: string;
  /** What stands where the file has names. */
  readonly about: readonly string[];
}

export function knownStatement(sql: string): Known | null {
  for (const { name, pattern } of GOLDEN) {
    const found = pattern.exec(sql.trim());
    if (found !== null) {
      return { name, about: found.slice(1).map((each) => each.replaceAll("''", "'").replaceAll(']]', ']')) };
    }
  }
  return null;
}
