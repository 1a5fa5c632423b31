import { readingWords, told, type Told } from '../../../src-shared/model/reading.ts';
import { parseEnvelope } from '../../../src-shared/proof/dsse.ts';
import type { FolderReader } from '../../../src-shared/proof/folder-reader.ts';
import { isJsonObject, parseJsonObject, type JsonObject } from '../../../src-shared/proof/parse-json.ts';
import { readFile } from '../../../src-shared/proof/read-file.ts';
import { jsonText } from '../bundle/json-text.ts';
import { Moments } from './moments.ts';

const STATEMENT = 'delivery.dsse.json';
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * How a package came about, in the words of a report, from its statement: hours, pauses and lost connections of its run, and
 * which tables an earlier run read. Empty where there is nothing to tell. UNTRUSTED: whether the statement holds is the
 * verdict's business.
 */
export async function packageStory(folder: FolderReader): Promise<readonly Told[]> {
  const predicate = await predicateOf(folder);
  if (predicate === undefined) return [];
  const { reading, tables } = predicate;
  return [...momentsOf(tables), ...readingWords(reading)];
}

async function predicateOf(folder: FolderReader): Promise<JsonObject | undefined> {
  if (!(await hasStatement(folder))) return undefined;
  const bytes = await readFile(folder, STATEMENT, MAX_BYTES);
  const envelope = bytes === undefined ? undefined : parseEnvelope(bytes);
  const json = envelope?.ok === true ? parseJsonObject(envelope.value.payload) : undefined;
  const predicate = json?.ok === true ? json.value['predicate'] : undefined;
  return isJsonObject(predicate) ? predicate : undefined;
}

async function hasStatement(folder: FolderReader): Promise<boolean> {
  for await (const { path, kind } of folder.list()) if (path === STATEMENT) return kind === 'file';
  return false;
}

function momentsOf(tables: unknown): readonly Told[] {
  const moments = new Moments();
  let own = 0;
  for (const table of Array.isArray(tables) ? (tables as unknown[]) : []) {
    if (!isJsonObject(table) || table['verdict'] === 'incomplete') continue;
    const name = jsonText(table, 'name');
    if (table['readBy'] !== undefined) moments.addTable(name, table['readBy']);
    else own++;
    for (const [readBy, parts] of partsOf(table['parts'])) moments.addParts(name, readBy, { parts, of: 0 });
  }
  // Which snapshot its own rows are of, a statement does not say: there is no other word for it in the package.
  return moments.isOne ? [] : told('Moments', moments.words(own === 0 ? null : ''));
}

/** How many parts each earlier reading has. */
function partsOf(parts: unknown): readonly (readonly [readBy: unknown, parts: number])[] {
  const found = Array.isArray(parts) ? (parts as unknown[]).filter(isJsonObject) : [];
  const groups = Map.groupBy(found, ({ readBy }) => JSON.stringify(readBy));
  return [...groups.values()].map((own) => [own[0]?.['readBy'], own.length]);
}
