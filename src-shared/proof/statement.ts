// in-toto Statement v1 (https://github.com/in-toto/attestation) with the predicate of a delivery (docs/spec/package.md).
import { isRunId } from './entry.ts';
import { isJsonObject, parseJsonObject } from './parse-json.ts';
import { accepted, refused, type Parsed } from './parsed.ts';
import { isSafePath } from './safe-path.ts';

export const STATEMENT_PAYLOAD_TYPE = 'application/vnd.in-toto+json';
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
export const DELIVERY_PREDICATE = 'urn:waybill:delivery:v1';

export interface DeliveredTable {
  readonly name: string;
  readonly verdict: 'complete' | 'incomplete' | 'unproven';
  readonly why?: string;
}

export interface DeliveryStatement {
  /** Path to lower-case hex SHA-256. */
  readonly subjects: ReadonlyMap<string, string>;
  readonly run: string;
  readonly planDigest: string;
  readonly tables: readonly DeliveredTable[];
  readonly throwAway: boolean;
}

/** Reads the verified payload of delivery.dsse.json. */
export function parseDeliveryStatement(payload: Uint8Array): Parsed<DeliveryStatement> {
  const json = parseJsonObject(payload);
  if (!json.ok) return json;
  const { _type, subject, predicateType, predicate } = json.value;
  if (_type !== STATEMENT_TYPE) return refused('It is not an in-toto Statement v1.');
  if (predicateType !== DELIVERY_PREDICATE || !isJsonObject(predicate))
    return refused('It does not speak of a delivery.');
  const subjects = parseSubjects(subject);
  if (!subjects.ok) return subjects;
  const { run, plan, tables, throwAway } = predicate;
  if (typeof run !== 'string' || !isRunId(run)) return refused('Its run is not a ULID.');
  const digest = isJsonObject(plan) ? plan['digest'] : undefined;
  if (typeof digest !== 'string' || !/^sha256:[0-9a-f]{64}$/.test(digest))
    return refused('It lacks the digest of its plan.');
  if (typeof throwAway !== 'boolean') return refused('It does not say whether its key is a throw-away.');
  const read = parseTables(tables);
  if (!read.ok) return read;
  return accepted({ subjects: subjects.value, run, planDigest: digest, tables: read.value, throwAway });
}

function parseSubjects(subject: unknown): Parsed<ReadonlyMap<string, string>> {
  if (!Array.isArray(subject) || subject.length === 0) return refused('It has no subject.');
  const subjects = new Map<string, string>();
  for (const entry of subject as unknown[]) {
    const { name, digest } = isJsonObject(entry) ? entry : {};
    const sha256 = isJsonObject(digest) ? digest['sha256'] : undefined;
    if (typeof name !== 'string' || typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) {
      return refused('A subject lacks its name or its SHA-256.');
    }
    if (!isSafePath(name)) return refused('A subject lies outside the package.');
    if (subjects.has(name)) return refused('A subject is named twice.');
    subjects.set(name, sha256);
  }
  return accepted(subjects);
}

function parseTables(tables: unknown): Parsed<DeliveredTable[]> {
  if (!Array.isArray(tables)) return refused('It lists no tables.');
  const read: DeliveredTable[] = [];
  for (const entry of tables as unknown[]) {
    const { name, verdict, why } = isJsonObject(entry) ? entry : {};
    if (typeof name !== 'string') return refused('A table has no name.');
    if (verdict !== 'complete' && verdict !== 'incomplete' && verdict !== 'unproven')
      return refused('A table has no verdict.');
    read.push({ name, verdict, ...(typeof why === 'string' ? { why } : {}) });
  }
  return accepted(read);
}
