import { glob, readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { readMatch, type Block } from './block.ts';
import { configError } from './config-error.ts';
import { wordsOfLine } from './words-of-line.ts';

/** One line of a config file, under the conditions that stand above it. */
export interface ConfigLine {
  /** Those that it stands in, the outermost first: its own, and those of the lines that include its file. */
  readonly blocks: readonly Block[];
  /** In lower case. */
  readonly keyword: string;
  readonly words: readonly string[];
  /** `file, line 3`. */
  readonly where: string;
}

const MOST_FILES_DEEP = 16;

/** Reads a config file with the files that it includes; a file that is not there is empty where nobody named it. */
export async function readConfig(
  path: string,
  { userFolder, mayLack }: { readonly userFolder: string; readonly mayLack: boolean },
): Promise<readonly ConfigLine[]> {
  return readInto(path, { userFolder, mayLack, above: [], depth: 0 });
}

interface How {
  readonly userFolder: string;
  readonly mayLack: boolean;
  readonly above: readonly Block[];
  readonly depth: number;
}

async function readInto(path: string, how: How): Promise<ConfigLine[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (how.mayLack && (cause as { code?: unknown }).code === 'ENOENT') return '';
    throw configError(`The SSH config file ${path} cannot be read`, { cause });
  });
  const lines: ConfigLine[] = [];
  let own = how.above;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const where = `${path}, line ${index + 1}`;
    const parsed = wordsOfLine(line);
    if (parsed === null) throw configError(`A quote is not closed in ${where}`);
    const [name = '', ...words] = parsed;
    const keyword = name.toLowerCase();
    if (keyword === '') continue;
    if (keyword === 'match') own = [...how.above, readMatch(words, where)];
    if (keyword === 'host') own = [...how.above, { by: 'host', patterns: words }];
    else if (keyword === 'include') lines.push(...(await includes(words, where, { ...how, above: own })));
    else lines.push({ blocks: own, keyword, words, where });
  }
  return lines;
}

async function includes(patterns: readonly string[], where: string, how: How): Promise<ConfigLine[]> {
  if (how.depth >= MOST_FILES_DEEP) throw configError(`Files include each other without an end: ${where}`);
  const lines: ConfigLine[] = [];
  for (const pattern of patterns) {
    const path = pattern.startsWith('~/') ? join(how.userFolder, pattern.slice(2)) : pattern;
    const whole = isAbsolute(path) ? path : join(how.userFolder, '.ssh', path);
    const files: string[] = [];
    for await (const file of glob(whole)) files.push(file);
    for (const file of files.toSorted()) lines.push(...(await readInto(file, { ...how, depth: how.depth + 1 })));
  }
  return lines;
}
