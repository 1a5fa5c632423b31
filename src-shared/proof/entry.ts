// One line of the ledger (docs/spec/ledger.md): RFC 8785 canonical JSON; the leaf of the tree is exactly these bytes.
import { fromUtf8 } from '../util/utf8.ts';
import { parseCanonicalJson } from './canonical-json.ts';
import { accepted, refused, type Parsed } from './parsed.ts';

/** C2SP tlog-tiles stores an entry's length in 16 bits. */
export const MAX_ENTRY_BYTES = 65_535;

/** `prev` of entry 0, which has none before it. */
export const NO_PREVIOUS = '0'.repeat(64);

/** What every entry holds. */
interface EntryCore {
  /** UUIDv7, unique in its ledger. */
  readonly id: string;
  /** UTC with milliseconds: `2026-11-23T07:05:00.123Z`. */
  readonly time: string;
  readonly seq: number;
  /** Hex of the leaf hash of the entry before; {@link NO_PREVIOUS} in entry 0. */
  readonly prev: string;
}

/** A CloudEvents 1.0 object. */
export interface EventEntry extends EntryCore {
  readonly specversion: '1.0';
  /** `urn:waybill:installation:<uuid>`. */
  readonly source: string;
  /** `noun.verb`; any but `package.sealed`. */
  readonly type: string;
  readonly datacontenttype: 'application/json';
  readonly data: Readonly<Record<string, unknown>>;
}

/** The small leaf `package.sealed`, which travels with a package and says nothing about its source. */
export interface SealEntry extends EntryCore {
  /** The run (ULID). */
  readonly run: string;
  /** Hex SHA-256 of delivery.dsse.json. */
  readonly manifest: string;
}

export type Entry = ({ readonly kind: 'event' } & EventEntry) | ({ readonly kind: 'seal' } & SealEntry);

const EVENT_FIELDS = ['data', 'datacontenttype', 'id', 'prev', 'seq', 'source', 'specversion', 'time', 'type'];
const SEAL_FIELDS = ['id', 'manifest', 'prev', 'run', 'seq', 'time'];
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const SOURCE = new RegExp(`^urn:waybill:installation:${UUID}$`);
const TYPE = /^[a-z]+\.[a-z]+$/;
const HASH = /^[0-9a-f]{64}$/;
const RUN = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** Reads one line (without LF) and checks everything that can be seen in the line alone. */
export function parseEntry(line: Uint8Array): Parsed<Entry> {
  if (line.length > MAX_ENTRY_BYTES) return refused('It is longer than 65,535 bytes.');
  const text = fromUtf8(line);
  if (text === undefined) return refused('It is not valid UTF-8.');
  const json = parseCanonicalJson(text);
  if (!json.ok) return json;
  const fields = json.value;
  if (!isObject(fields)) return refused('It is not a JSON object.');
  const flaw = coreFlaw(fields);
  if (flaw !== undefined) return refused(flaw);
  return 'type' in fields ? asEvent(fields) : asSeal(fields);
}

/**
 * Checks that an entry continues the one before it: the next number, the hash of the line before.
 * `previous` is `undefined` for entry 0.
 */
export function continues(entry: Entry, seq: number, previousLeafHash: string | undefined): 'yes' | 'seq' | 'prev' {
  if (entry.seq !== seq) return 'seq';
  return entry.prev === (previousLeafHash ?? NO_PREVIOUS) ? 'yes' : 'prev';
}

/** Whether a text is a run's id (ULID, upper case). */
export function isRunId(text: string): boolean {
  return RUN.test(text);
}

function coreFlaw(fields: Readonly<Record<string, unknown>>): string | undefined {
  const { id, time, seq, prev } = fields;
  if (typeof id !== 'string' || !UUID_V7.test(id)) return 'Its id is not a UUIDv7.';
  if (typeof time !== 'string' || !isUtcTime(time)) return 'Its time is not UTC with milliseconds.';
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0) return 'Its seq is not a whole number.';
  if (typeof prev !== 'string' || !HASH.test(prev)) return 'Its prev is not a hash.';
  return undefined;
}

function asEvent(fields: Readonly<Record<string, unknown>>): Parsed<Entry> {
  if (!hasExactly(fields, EVENT_FIELDS)) return refused('It lacks a field of an event or holds one too many.');
  const { specversion, source, type, datacontenttype, data } = fields;
  if (specversion !== '1.0' || datacontenttype !== 'application/json')
    return refused('It is not a CloudEvents 1.0 JSON event.');
  if (typeof source !== 'string' || !SOURCE.test(source)) return refused('Its source is not an installation.');
  if (typeof type !== 'string' || !TYPE.test(type) || type === 'package.sealed')
    return refused('Its type is not one of an event.');
  if (!isObject(data)) return refused('Its data is not an object.');
  // Every field of the interface was checked above and in coreFlaw.
  return accepted({ kind: 'event', ...(fields as unknown as EventEntry) });
}

function asSeal(fields: Readonly<Record<string, unknown>>): Parsed<Entry> {
  if (!hasExactly(fields, SEAL_FIELDS)) return refused('It lacks a field of a seal or holds one too many.');
  const { run, manifest } = fields;
  if (typeof run !== 'string' || !isRunId(run)) return refused('Its run is not a ULID.');
  if (typeof manifest !== 'string' || !HASH.test(manifest)) return refused('Its manifest is not a hash.');
  // Every field of the interface was checked above and in coreFlaw.
  return accepted({ kind: 'seal', ...(fields as unknown as SealEntry) });
}

function hasExactly(fields: Readonly<Record<string, unknown>>, names: readonly string[]): boolean {
  return Object.keys(fields).length === names.length && names.every((name) => Object.hasOwn(fields, name));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isUtcTime(text: string): boolean {
  const milliseconds = Date.parse(text);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString() === text;
}
