import { readingWords } from '../../../src-shared/model/reading.ts';
import { isJsonObject } from '../../../src-shared/proof/parse-json.ts';
import { formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import { text } from '../../text/text.ts';

const words = text.evidence.entry;

/** One fact of an entry, in words. */
export interface EntryFact {
  readonly label: string;
  readonly value: string;
  /** Said in passing. */
  readonly aside?: string;
  readonly masked?: boolean;
}

/** What an entry says for people, and the rest of it as names and values. UNTRUSTED: any shape may come. */
export interface ReadableEntry {
  readonly facts: readonly EntryFact[];
  readonly more: readonly (readonly [path: string, value: string])[];
}

/** More than a person reads; the exact line stands below. */
const MORE_AT_MOST = 80;

type Json = Readonly<Record<string, unknown>>;

/** An entry as sentences would have it: who, why, from where to where, how much. */
export function readableEntry(entry: unknown): ReadableEntry {
  if (!isJsonObject(entry)) return { facts: [], more: [] };
  const data = childOf(entry, 'data');
  const told = [
    whoOf(data),
    fact(words.purpose, textAt(data, 'purpose')),
    fact(words.plan, textAt(data, 'plan', 'name') || textAt(data, 'plan')),
    fact(words.key, textAt(data, 'key'), textAt(data, 'fingerprint')),
    fact(words.run, textAt(data, 'correlation') || textAt(entry, 'run')),
    fromOf(data),
    tablesOf(data),
    originalsOf(data),
    toOf(data),
    rowsOf(data),
    maskedOf(data),
    ...readingWords(data).map(([label, value]) => fact(label, value)),
    resumedOf(data),
    fact(words.consents, listAt(data, 'consents').map(plain).join('; ')),
    fact(words.error, textAt(data, 'error')),
  ];
  return { facts: told.flatMap((one) => (one === null ? [] : [one])), more: moreOf(entry) };
}

function fact(label: string, value: string, aside = ''): EntryFact | null {
  if (value === '' && aside === '') return null;
  return { label, value, ...(aside === '' ? {} : { aside }) };
}

function whoOf(data: Json): EntryFact | null {
  const host = textAt(data, 'host', 'name');
  return fact(words.who, textAt(data, 'actor', 'osUser'), host === '' ? '' : words.on(host));
}

function fromOf(data: Json): EntryFact | null {
  const source = childOf(data, 'source');
  const name = textAt(source, 'connection') || textAt(data, 'connection');
  const parts = [
    `${textAt(source, 'engine')} ${textAt(source, 'version')}`.trim(),
    textAt(source, 'database'),
    textAt(source, 'dbUser'),
  ];
  return fact(words.from, name, parts.filter((part) => part !== '').join(', '));
}

function tablesOf(data: Json): EntryFact | null {
  const objects = listAt(childOf(data, 'source'), 'objects').map(plain);
  const tables = listAt(data, 'tables').map((one) => textAt(one, 'name'));
  const names = objects.length > 0 ? objects : tables.length > 0 ? tables : [textAt(data, 'table')];
  const total = textAt(childOf(data, 'source'), 'objectsTotal') || textAt(data, 'tablesTotal');
  return fact(words.tables, names.filter((name) => name !== '').join(', '), total === '' ? '' : words.inAll(total));
}

/** Of a preview: whether somebody saw values before they were masked. */
function originalsOf(data: Json): EntryFact | null {
  const shown = data['originals'];
  if (typeof shown !== 'boolean') return null;
  return fact(words.originals, shown ? words.originalsShown : words.originalsHidden);
}

function toOf(data: Json): EntryFact | null {
  const to = childOf(data, 'destination');
  const place = textAt(to, 'uri') || textAt(to, 'name');
  const target = textAt(data, 'target');
  const aside = [target === '' ? textAt(to, 'kind') : place, textAt(to, 'hostKey')];
  return fact(words.to, target || place, aside.filter((part) => part !== '').join(' '));
}

function rowsOf(data: Json): EntryFact | null {
  const volume = childOf(data, 'volume');
  const [rows, files, bytes] = [
    countAt(volume, 'rows') ?? countAt(data, 'rows'),
    countAt(volume, 'files'),
    countAt(volume, 'bytes'),
  ];
  const aside = [
    files === null ? '' : words.files(formatCount(files), files === 1),
    bytes === null ? '' : formatBytes(bytes),
  ];
  return fact(words.rows, rows === null ? '' : formatCount(rows), aside.filter((part) => part !== '').join(', '));
}

function maskedOf(data: Json): EntryFact | null {
  const transforms = listAt(data, 'transforms');
  if (transforms.length === 0) return null;
  const total = countAt(data, 'transformsTotal') ?? transforms.length;
  const names = transforms.map((one) => `${textAt(one, 'column')}: ${textAt(one, 'method')}`).join(', ');
  return { label: words.masked, value: words.columns(formatCount(total), total === 1), aside: names, masked: true };
}

/** Of a run that goes on with another one: what it keeps of it. */
function resumedOf(data: Json): EntryFact | null {
  const run = textAt(data, 'resumes');
  const kept = [
    ...listAt(data, 'kept').map((one) => textAt(one, 'name')),
    ...listAt(data, 'keptParts').map((one) =>
      words.partsKept(textAt(one, 'parts'), textAt(one, 'of'), textAt(one, 'name')),
    ),
  ];
  return fact(words.resumes, run, run === '' ? '' : words.kept(kept));
}

/** Every value with its path, in the order of the line; what the columns above say is there too. */
function moreOf(entry: Json): [string, string][] {
  const found: [string, string][] = [];
  const walk = (value: unknown, path: string): void => {
    if (found.length >= MORE_AT_MOST) return;
    if (Array.isArray(value)) value.forEach((one: unknown, index) => walk(one, `${path}[${index}]`));
    else if (isJsonObject(value)) {
      for (const [name, one] of Object.entries(value)) walk(one, path === '' ? name : `${path}.${name}`);
    } else found.push([path, plain(value)]);
  };
  walk(entry, '');
  return found;
}

const childOf = (value: Json, name: string): Json => {
  const child = value[name];
  return isJsonObject(child) ? child : {};
};

const listAt = (value: Json, name: string): readonly unknown[] => {
  const list: unknown = value[name];
  return Array.isArray(list) ? (list as unknown[]) : [];
};

function textAt(value: unknown, ...path: readonly string[]): string {
  const at = path.reduce<unknown>((now, name) => (isJsonObject(now) ? now[name] : undefined), value);
  return typeof at === 'object' ? '' : plain(at);
}

const countAt = (value: Json, name: string): number | null => {
  const count = value[name];
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null;
};

const plain = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : (JSON.stringify(value) ?? '');
};
