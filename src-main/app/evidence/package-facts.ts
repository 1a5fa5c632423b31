import type { AuditedTable, AuditOpened } from '../../../src-shared/contract/evidence.ts';
import type { FolderReader } from '../../../src-shared/proof/folder-reader.ts';
import { isJsonObject, parseJsonObject, type JsonObject } from '../../../src-shared/proof/parse-json.ts';
import { readFile } from '../../../src-shared/proof/read-file.ts';
import { jsonText } from '../bundle/json-text.ts';

const DESCRIPTOR = 'datapackage.json';
const MAX_BYTES = 64 * 1024 * 1024;
/** UNTRUSTED: what a person can look at; the rest is counted. */
const LIMITS = { tables: 2_000, files: 200, masks: 500, characters: 500 } as const;

/** What a package says of itself in its descriptor; null where there is none, or none that can be read. */
export async function packageFactsOf(folder: FolderReader): Promise<AuditOpened['package']> {
  if (!(await hasDescriptor(folder))) return null;
  const bytes = await readFile(folder, DESCRIPTOR, MAX_BYTES);
  const json = bytes === undefined ? undefined : parseJsonObject(bytes);
  if (json?.ok !== true) return null;
  const { resources, sources } = json.value;
  const all = Array.isArray(resources) ? (resources as unknown[]).filter(isJsonObject) : [];
  const tables = all.slice(0, LIMITS.tables).map(tableOf);
  const cut = all
    .slice(0, LIMITS.tables)
    .reduce((sum, one) => sum + Math.max(0, pathsOf(one).length - LIMITS.files), 0);
  const source: unknown = Array.isArray(sources) ? sources[0] : undefined;
  return {
    title: textOf(json.value, 'title') ?? textOf(json.value, 'name'),
    created: textOf(json.value, 'created'),
    purpose: textOf(json.value, 'waybill', 'purpose'),
    run: textOf(json.value, 'waybill', 'run'),
    source: sourceOf(source),
    tables,
    unlisted: Math.max(0, all.length - LIMITS.tables) + cut,
  };
}

async function hasDescriptor(folder: FolderReader): Promise<boolean> {
  for await (const { path, kind } of folder.list()) if (path === DESCRIPTOR) return kind === 'file';
  return false;
}

function tableOf(resource: JsonObject): AuditedTable {
  const { bytes, waybill } = resource;
  const own = isJsonObject(waybill) ? waybill : {};
  return {
    name: textOf(resource, 'title') ?? textOf(resource, 'name') ?? '',
    rows: countOf(own['rows']),
    bytes: countOf(bytes),
    verdict: textOf(own, 'verdict'),
    why: textOf(own, 'why'),
    files: pathsOf(resource).slice(0, LIMITS.files),
    masks: masksOf(own['masks']),
  };
}

function pathsOf({ path }: JsonObject): string[] {
  const paths: unknown[] = Array.isArray(path) ? path : [path];
  return paths.filter((one): one is string => typeof one === 'string').map(clipped);
}

function masksOf(masks: unknown): AuditedTable['masks'] {
  if (!isJsonObject(masks)) return [];
  return Object.entries(masks)
    .slice(0, LIMITS.masks)
    .map(([column, mask]) => ({
      column: clipped(column),
      mask: clipped(jsonText(mask, 'mask')),
      class: textOf(mask, 'class'),
    }));
}

function sourceOf(source: unknown): string | null {
  const parts = ['product', 'version', 'host', 'database', 'user'].map((name) => jsonText(source, name));
  const text = parts.filter((part) => part !== '').join(' · ');
  return text === '' ? null : clipped(text);
}

function textOf(value: unknown, ...path: readonly string[]): string | null {
  const text = jsonText(value, ...path);
  return text === '' ? null : clipped(text);
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

const clipped = (text: string): string =>
  text.length <= LIMITS.characters ? text : `${text.slice(0, LIMITS.characters)}…`;
