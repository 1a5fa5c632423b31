import type { EntryOutcome, LedgerLine } from '../../../src-shared/contract/evidence.ts';
import { isJsonObject, type JsonObject } from '../../../src-shared/proof/parse-json.ts';
import { fromUtf8 } from '../../../src-shared/util/utf8.ts';
import { jsonText } from '../bundle/json-text.ts';

/** Longest text of a fact in a list: the whole of it is in the entry. */
const SHOWN_CHARACTERS = 200;

/** What a list shows of a line, and what a search looks at. */
export interface LineSummary extends LedgerLine {
  /** Lower case. */
  readonly sought: string;
}

/**
 * A line of entries.jsonl in a list. UNTRUSTED: a line is read leniently here, so that a broken ledger can be looked at;
 * whether it holds is for verification to say.
 */
export function summariseLine(line: Uint8Array, seq: number): LineSummary {
  const json = objectOf(line);
  if (json === null) return { ...NOTHING, seq, flaw: 'It is not a JSON object in UTF-8.', sought: '' };
  const data = isJsonObject(json['data']) ? json['data'] : {};
  const sealed = json['type'] === undefined && typeof json['manifest'] === 'string';
  const type = sealed ? 'package.sealed' : shown(jsonText(json, 'type'));
  const facts = {
    seq,
    time: shown(jsonText(json, 'time')),
    type,
    outcome: outcomeOf(type, data),
    about: shown(aboutOf(data)),
    who: orNull(jsonText(data, 'actor', 'osUser')),
    from: orNull(jsonText(data, 'source', 'connection') || jsonText(data, 'connection')),
    to: orNull(placeOf(data)),
    rows: countOf(isJsonObject(data['volume']) ? data['volume']['rows'] : data['rows']),
    run: orNull(sealed ? jsonText(json, 'run') : jsonText(data, 'correlation')),
    flaw: json['seq'] === seq ? null : `It calls itself ${shown(jsonText(json, 'seq')) || 'nothing'}.`,
  };
  return { ...facts, sought: soughtOf(facts, data) };
}

const NOTHING = {
  time: '',
  type: '',
  outcome: null,
  about: '',
  who: null,
  from: null,
  to: null,
  rows: null,
  run: null,
} as const;

function objectOf(line: Uint8Array): JsonObject | null {
  try {
    const value: unknown = JSON.parse(fromUtf8(line) ?? '');
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

const BY_STATE: Readonly<Record<string, EntryOutcome>> = {
  succeeded: 'done',
  partial: 'incomplete',
  failed: 'failed',
  cancelled: 'cancelled',
  success: 'done',
  failure: 'failed',
  denied: 'denied',
};

function outcomeOf(type: string, data: JsonObject): EntryOutcome | null {
  if (type.endsWith('.started')) return null;
  if (type === 'delivery.indeterminate') return 'unknown';
  if (type === 'export.interrupted') return 'failed';
  return BY_STATE[jsonText(data, 'state')] ?? BY_STATE[jsonText(data, 'outcome')] ?? null;
}

function aboutOf(data: JsonObject): string {
  const named = ['plan', 'connection', 'target', 'key'].map(
    (field) => jsonText(data, field, 'name') || jsonText(data, field),
  );
  return [...new Set([...named, jsonText(data, 'package')])].filter((text) => text !== '').join(', ');
}

function placeOf(data: JsonObject): string {
  return (
    jsonText(data, 'target') ||
    jsonText(data, 'destination', 'uri') ||
    jsonText(data, 'destination', 'name') ||
    jsonText(data, 'destination', 'kind')
  );
}

function soughtOf(facts: LedgerLine, data: JsonObject): string {
  const { seq, time, type, about, who, from, to, run } = facts;
  const more = ['purpose', 'error', 'manifest'].map((field) => shown(jsonText(data, field)));
  const tables = Array.isArray(data['tables']) ? (data['tables'] as unknown[]).map((one) => jsonText(one, 'name')) : [];
  const objects = isJsonObject(data['source']) ? data['source']['objects'] : undefined;
  const read = Array.isArray(objects) ? (objects as unknown[]).map((one) => (typeof one === 'string' ? one : '')) : [];
  const names = shown([...tables, ...read].join(' '));
  return [seq, time, type, about, who, from, to, run, ...more, names].join('\n').toLowerCase();
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

const orNull = (text: string): string | null => (text === '' ? null : shown(text));

const shown = (text: string): string =>
  text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}…`;
